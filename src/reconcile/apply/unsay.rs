//! Taking back what was said.

use twilight_model::id::{
    Id,
    marker::{ChannelMarker, MessageMarker},
};

use super::{Done, Scene};
use crate::{
    discord::Class,
    store::{StoreError, messages},
};

impl Scene<'_> {
    /// Deletes a message of ours. One that is gone already is as good as deleted.
    pub(super) async fn unsay(
        &self,
        key: &str,
        channel: Id<ChannelMarker>,
        message: Id<MessageMarker>,
    ) -> Result<Done, StoreError> {
        let said = self.said(key).await?.filter(|said| said.message == Some(message));
        let Some(said) = said else { return Ok(Done::Waits) };
        match self.with.write.delete_message(channel, message).await {
            Ok(()) => {}
            // Discord may say so of a message that it has.
            Err(error) if matches!(error.class(), Class::Gone(_)) => {
                match self.with.read.message(channel, message).await {
                    Err(gone) if matches!(gone.class(), Class::Gone(_)) => {}
                    Ok(_) | Err(_) => return self.unsaid(&said, &error).await,
                }
            }
            Err(error) => return self.unsaid(&said, &error).await,
        }
        let fenced = self.with.store.fenced(self.lease).await?;
        messages::withdrawn(&fenced, said.id).await?;
        if said.tries > 0 {
            self.settle_questions(&fenced, key).await?;
        }
        fenced.commit().await?;
        Ok(Done::Changed)
    }
}
