//! What stands twice, since the layers that need it may not know each other, and is the same.

use sync_server::access::Role as Granted;
use workspace::Role as Shown;

#[test]
fn the_roles_of_the_app_are_those_of_the_server_in_the_same_order() {
    let granted = Granted::ALL.map(Granted::name);
    let shown = Shown::ALL.map(Shown::name);
    assert_eq!(
        shown, granted,
        "the workspace knows no protocol and the server no workspace: each has the roles, so \
         change app/crates/workspace/src/access.rs and sync-server/src/access/role.rs together"
    );
    // What each may do is read off the order alone.
    assert!(Granted::ALL.is_sorted() && Shown::ALL.is_sorted());
}
