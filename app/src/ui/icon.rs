//! Icons: a closed list, so that only those used are compiled in. Those that stand on every canvas are
//! there at once; the others come with the first part of the app that shows any ([`install_icons`]).
//!
//! Invariant: an icon is decoration. What it stands beside says the same in words.

use std::hint::black_box;
use std::sync::OnceLock;

use leptos::prelude::*;
use leptos_icons::Icon as Drawing;

/// The drawings that come later.
static LATER: OnceLock<fn(IconName) -> Option<icondata::Icon>> = OnceLock::new();

/// Makes all icons known; every part of the app whose code comes apart begins with it.
pub fn install_icons() {
    // Whoever was first brought the same. A compiler that saw that there is no other would call it by
    // its name wherever an icon is drawn, and so bring all of them along.
    let _ = LATER.set(black_box(later_drawing));
}

macro_rules! icons {
    (
        at_once { $($variant:ident $name:literal $drawing:ident,)* }
        later { $($later:ident $later_name:literal $later_drawing:ident,)* }
    ) => {
        /// The icons of the interface; each is the Lucide icon of that name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum IconName { $($variant,)* $($later,)* }

        impl IconName {
            /// The icon of this Lucide name, such as `trash-2`.
            pub fn named(name: &str) -> Option<Self> {
                match name {
                    $($name => Some(Self::$variant),)*
                    $($later_name => Some(Self::$later),)*
                    _ => None,
                }
            }

            /// Nothing for one that is not here yet.
            fn drawing(self) -> Option<icondata::Icon> {
                match self {
                    $(Self::$variant => Some(icondata::$drawing),)*
                    _ => LATER.get().and_then(|drawing| drawing(self)),
                }
            }
        }

        fn later_drawing(icon: IconName) -> Option<icondata::Icon> {
            match icon {
                $(IconName::$later => Some(icondata::$later_drawing),)*
                _ => None,
            }
        }
    };
}

icons! {
    at_once {
        CircleHelp "circle-help" LuCircleHelp,
        Ellipsis "ellipsis" LuEllipsis,
        House "house" LuHouse,
        Loader "loader" LuLoaderCircle,
        PanelLeft "panel-left" LuPanelLeft,
        Pencil "pencil" LuPencil,
        Plus "plus" LuPlus,
        TriangleAlert "triangle-alert" LuTriangleAlert,
    }
    later {
        ArchiveRestore "archive-restore" LuArchiveRestore,
        ArrowLeft "arrow-left" LuArrowLeft,
        Binoculars "binoculars" LuBinoculars,
        Braces "braces" LuBraces,
        Check "check" LuCheck,
        ChevronDown "chevron-down" LuChevronDown,
        ChevronRight "chevron-right" LuChevronRight,
        CircleAlert "circle-alert" LuCircleAlert,
        CircleCheck "circle-check" LuCircleCheck,
        CircleUser "circle-user" LuCircleUser,
        ClipboardPaste "clipboard-paste" LuClipboardPaste,
        CloudOff "cloud-off" LuCloudOff,
        Coins "coins" LuCoins,
        Command "command" LuCommand,
        Compass "compass" LuCompass,
        Copy "copy" LuCopy,
        Download "download" LuDownload,
        Eye "eye" LuEye,
        FileText "file-text" LuFileText,
        Flag "flag" LuFlag,
        FlaskConical "flask-conical" LuFlaskConical,
        FolderOpen "folder-open" LuFolderOpen,
        Footprints "footprints" LuFootprints,
        Gauge "gauge" LuGauge,
        Gavel "gavel" LuGavel,
        Gem "gem" LuGem,
        Handshake "handshake" LuHandshake,
        HardDrive "hard-drive" LuHardDrive,
        HeartHandshake "heart-handshake" LuHeartHandshake,
        Inbox "inbox" LuInbox,
        Info "info" LuInfo,
        Keyboard "keyboard" LuKeyboard,
        Languages "languages" LuLanguages,
        LayoutDashboard "layout-dashboard" LuLayoutDashboard,
        LayoutGrid "layout-grid" LuLayoutGrid,
        Lightbulb "lightbulb" LuLightbulb,
        Link "link" LuLink,
        ListChecks "list-checks" LuListChecks,
        Megaphone "megaphone" LuMegaphone,
        Menu "menu" LuMenu,
        MessageCircle "message-circle" LuMessageCircle,
        Monitor "monitor" LuMonitor,
        Moon "moon" LuMoon,
        MoveRight "move-right" LuMoveRight,
        Package "package" LuPackage,
        Palette "palette" LuPalette,
        Printer "printer" LuPrinter,
        Quote "quote" LuQuote,
        Radar "radar" LuRadar,
        Receipt "receipt" LuReceipt,
        Redo "redo-2" LuRedo2,
        Restore "rotate-ccw" LuRotateCcw,
        Route "route" LuRoute,
        Scissors "scissors" LuScissors,
        Search "search" LuSearch,
        Send "send" LuSend,
        Settings "settings" LuSettings,
        Share "share-2" LuShare2,
        Shield "shield" LuShield,
        Shuffle "shuffle" LuShuffle,
        Sprout "sprout" LuSprout,
        StickyNote "sticky-note" LuStickyNote,
        Sun "sun" LuSun,
        Target "target" LuTarget,
        Telescope "telescope" LuTelescope,
        Trash "trash-2" LuTrash2,
        Undo "undo-2" LuUndo2,
        Unlink "unlink" LuUnlink,
        Upload "upload" LuUpload,
        Users "users" LuUsers,
        WifiOff "wifi-off" LuWifiOff,
        X "x" LuX,
    }
}

/// An icon in the size and colour of the text around it, hidden from assistive technology.
#[component]
pub fn Icon(
    /// Which icon.
    #[prop(into)]
    name: Signal<IconName>,
) -> impl IntoView {
    let drawing = move || {
        let drawing = name.get().drawing();
        drawing.map(|drawing| view! { <Drawing icon=drawing/> })
    };
    view! { <span class="ui-icon" aria-hidden="true">{drawing}</span> }
}
