//! A file that goes out with a late answer.

use sea_orm::entity::prelude::*;

/// A file that goes out with a late answer, and is forgotten with it.
#[derive(Clone, Debug, DeriveEntityModel, PartialEq)]
#[sea_orm(table_name = "follow_up_files")]
pub struct Model {
    /// The answer.
    #[sea_orm(primary_key, auto_increment = false)]
    pub follow_up_id: Uuid,
    /// Its place among the answer's files, from 0.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    /// Its name.
    pub name: String,
    /// What is in it.
    pub content: Vec<u8>,
}

/// How this table joins others.
#[derive(Clone, Copy, Debug, DeriveRelation, EnumIter)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
