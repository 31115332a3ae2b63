//! Typed addresses: every address of the app is a `Route`, and `Route::parse(&route.path()) == route`.

use domain::CanvasId;
use sync::DocumentId;

/// The view that a workspace opens with when the address names none.
pub(crate) const DEFAULT_VIEW: &str = "lean-canvas";

/// Where a person is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Route {
    /// `/`: the workspaces of this device.
    Start,
    /// `/w/<document id>/<view id>`: one view of one workspace. The view may be one that this
    /// version does not know: the frame says so and stays usable.
    Workspace {
        /// The workspace's product document.
        document: DocumentId,
        /// The view, named as its canvas in the catalogue.
        view: CanvasId,
    },
    /// Anything else: shown with what was asked for.
    Unknown {
        /// The path as it was given.
        path: String,
    },
}

impl Route {
    /// The address of a workspace's first view.
    pub(crate) fn workspace(document: DocumentId) -> Self {
        Self::Workspace {
            document,
            view: CanvasId::from(DEFAULT_VIEW),
        }
    }

    /// The address of one view of a workspace.
    pub(crate) fn view(document: DocumentId, view: CanvasId) -> Self {
        Self::Workspace { document, view }
    }

    /// Reads a path as it stands in the address bar, without query and fragment.
    pub(crate) fn parse(path: &str) -> Self {
        let unknown = || Self::Unknown {
            path: path.to_owned(),
        };
        let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).collect();
        match parts.as_slice() {
            [] => Self::Start,
            ["w", document] => document.parse().map_or_else(|_| unknown(), Self::workspace),
            ["w", document, view] => document
                .parse()
                .map_or_else(|_| unknown(), |id| Self::view(id, CanvasId::from(*view))),
            _ => unknown(),
        }
    }

    /// The canonical path: the default view is left out, so that the address to share is short.
    pub(crate) fn path(&self) -> String {
        match self {
            Self::Start => "/".to_owned(),
            Self::Workspace { document, view } if view.as_str() == DEFAULT_VIEW => {
                format!("/w/{document}")
            }
            Self::Workspace { document, view } => format!("/w/{document}/{view}"),
            Self::Unknown { path } => path.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document() -> DocumentId {
        DocumentId::from_bytes([7; 16])
    }

    fn check(path: &str, expected: Route) {
        assert_eq!(Route::parse(path), expected, "{path}");
    }

    #[test]
    fn every_route_survives_its_own_path() {
        for route in [
            Route::Start,
            Route::workspace(document()),
            Route::view(document(), CanvasId::from("business-model-canvas")),
            Route::Unknown {
                path: "/nowhere/at/all".to_owned(),
            },
        ] {
            assert_eq!(Route::parse(&route.path()), route);
        }
    }

    #[test]
    fn the_default_view_has_one_short_address() {
        let id = document();
        assert_eq!(Route::workspace(id).path(), format!("/w/{id}"));
        check(&format!("/w/{id}/lean-canvas"), Route::workspace(id));
        check(&format!("/w/{id}/"), Route::workspace(id));
    }

    #[test]
    fn a_damaged_document_id_is_an_unknown_address() {
        let path = "/w/not-base58!".to_owned();
        check(&path.clone(), Route::Unknown { path });
    }
}
