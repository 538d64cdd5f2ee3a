use super::*;

#[test]
fn an_administrator_lacks_nothing() {
    assert_eq!(missing(Permissions::ADMINISTRATOR), Permissions::empty());
    assert_eq!(missing(NEEDED - Permissions::CONNECT), Permissions::CONNECT);
}

#[test]
fn a_channels_overwrites_are_applied_in_discords_order() {
    let role = |id: u64, permissions| ServerRole {
        id: Id::new(id),
        managed: false,
        name: String::new(),
        permissions,
        position: 0,
    };
    let roles = ServerRoles {
        all: vec![role(1, Permissions::VIEW_CHANNEL), role(2, Permissions::SEND_MESSAGES)],
        everyone: Id::new(1),
        held: vec![Id::new(2)],
    };
    let set = |target, allow, deny| Overwrite { allow, deny, target };
    let (none, view, send) = (Permissions::empty(), Permissions::VIEW_CHANNEL, Permissions::SEND_MESSAGES);
    let may = |overwrites: &[Overwrite]| in_channel(&roles, Id::new(9), overwrites);
    let everyone = |allow, deny| set(OverwriteTarget::Role(Id::new(1)), allow, deny);
    let ours = |allow, deny| set(OverwriteTarget::Role(Id::new(2)), allow, deny);
    let bot = |allow, deny| set(OverwriteTarget::Member(Id::new(9)), allow, deny);
    assert_eq!(may(&[]), view | send);
    assert_eq!(may(&[everyone(none, view)]), none, "who can't see can do nothing");
    assert_eq!(may(&[everyone(none, view), ours(view, none)]), view | send);
    assert_eq!(may(&[ours(send, none), bot(none, send)]), view);
    assert_eq!(may(&[set(OverwriteTarget::Role(Id::new(3)), none, view | send)]), view | send);
    let admin = ServerRoles { all: vec![role(2, Permissions::ADMINISTRATOR)], ..roles.clone() };
    assert!(in_channel(&admin, Id::new(9), &[bot(none, send)]).contains(POSTING));
}

#[test]
fn the_readme_asks_for_what_is_needed() {
    let readme = include_str!("../../../README.md");
    assert!(readme.contains(&format!("permissions={}", NEEDED.bits())), "{}", NEEDED.bits());
}

const EVERYONE: u64 = 1;
const CREW: u64 = 2;
const STAFF: u64 = 3;
const ADMIN: u64 = 4;
const ANNA: u64 = 9;

/// A server in which everybody sees channels and the crew connects.
fn server() -> Vec<ServerRole> {
    let role = |id: u64, permissions| ServerRole {
        id: Id::new(id),
        managed: false,
        name: String::new(),
        permissions,
        position: 0,
    };
    vec![
        role(EVERYONE, Permissions::VIEW_CHANNEL),
        role(CREW, Permissions::CONNECT),
        role(STAFF, Permissions::empty()),
        role(ADMIN, Permissions::ADMINISTRATOR),
    ]
}

fn anna<'r>(all: &'r [ServerRole], held: &'r [Id<RoleMarker>]) -> Holder<'r> {
    Holder { all, everyone: Id::new(EVERYONE), held, owns: false, user: Id::new(ANNA) }
}

#[test]
fn who_may_what_where_and_what_keeps_them_from_it() {
    let (all, none) = (server(), Permissions::empty());
    let (view, connect) = (Permissions::VIEW_CHANNEL, Permissions::CONNECT);
    let role =
        |role: u64, allow, deny| Overwrite { allow, deny, target: OverwriteTarget::Role(Id::new(role)) };
    let own = |allow, deny| Overwrite { allow, deny, target: OverwriteTarget::Member(Id::new(ANNA)) };
    let denied = |by: u64| Some(Denier::Role(Id::new(by)));
    let (everyone, no_role, alone) = (Some(Denier::Everyone), Some(Denier::NoRole), Some(Denier::Themselves));
    // Which roles are held, what the channel says, what keeps from seeing it, and what from joining it.
    let matrix: &[(&[u64], &[Overwrite], _, _)] = &[
        (&[CREW], &[], None, None),
        (&[], &[], None, no_role),
        (&[STAFF], &[role(STAFF, connect, none)], None, None),
        (&[], &[role(STAFF, connect, none)], None, no_role),
        (&[CREW], &[role(EVERYONE, none, connect)], None, everyone),
        (&[CREW], &[role(EVERYONE, none, connect), role(CREW, connect, none)], None, None),
        (&[CREW], &[role(CREW, none, connect)], None, denied(CREW)),
        (&[CREW, STAFF], &[role(CREW, none, connect), role(STAFF, connect, none)], None, None),
        (&[CREW], &[role(CREW, none, connect), own(connect, none)], None, None),
        (&[CREW], &[role(CREW, connect, none), own(none, connect)], None, alone),
        (&[CREW], &[role(EVERYONE, none, view)], everyone, everyone),
        (&[CREW], &[role(CREW, none, view)], denied(CREW), denied(CREW)),
        (&[CREW], &[role(EVERYONE, none, view), own(view, none)], None, None),
        (&[ADMIN], &[role(EVERYONE, none, view | connect), own(none, view | connect)], None, None),
    ];
    for (at, (held, overwrites, sees, joins)) in matrix.iter().enumerate() {
        let held: Vec<Id<RoleMarker>> = held.iter().map(|role| Id::new(*role)).collect();
        let anna = anna(&all, &held);
        assert_eq!(anna.denied(overwrites, view), *sees, "sees, case {at}");
        assert_eq!(
            anna.denied(overwrites, view).or(anna.denied(overwrites, connect)),
            *joins,
            "joins, case {at}"
        );
        let owner = Holder { owns: true, ..anna };
        assert_eq!(owner.denied(overwrites, view | connect), None, "the owner, case {at}");
        let held = anna.in_channel(overwrites);
        assert_eq!((held.contains(view), held.contains(view | connect)), (sees.is_none(), joins.is_none()));
    }
}
