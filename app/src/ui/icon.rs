//! Icons: a closed list, so that only those used are compiled in.
//!
//! Invariant: an icon is decoration. What it stands beside says the same in words.

use leptos::prelude::*;
use leptos_icons::Icon as Drawing;

macro_rules! icons {
    ($($variant:ident $name:literal $drawing:ident,)*) => {
        /// The icons of the interface; each is the Lucide icon of that name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum IconName { $($variant,)* }

        impl IconName {
            /// The icon of this Lucide name, such as `trash-2`.
            pub fn named(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }

            fn drawing(self) -> icondata::Icon {
                match self { $(Self::$variant => icondata::$drawing,)* }
            }
        }
    };
}

icons! {
    ArchiveRestore "archive-restore" LuArchiveRestore,
    ArrowLeft "arrow-left" LuArrowLeft,
    Binoculars "binoculars" LuBinoculars,
    Braces "braces" LuBraces,
    Check "check" LuCheck,
    ChevronDown "chevron-down" LuChevronDown,
    ChevronRight "chevron-right" LuChevronRight,
    CircleAlert "circle-alert" LuCircleAlert,
    CircleCheck "circle-check" LuCircleCheck,
    CircleHelp "circle-help" LuCircleHelp,
    CircleUser "circle-user" LuCircleUser,
    ClipboardPaste "clipboard-paste" LuClipboardPaste,
    CloudOff "cloud-off" LuCloudOff,
    Coins "coins" LuCoins,
    Command "command" LuCommand,
    Compass "compass" LuCompass,
    Copy "copy" LuCopy,
    Download "download" LuDownload,
    Ellipsis "ellipsis" LuEllipsis,
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
    House "house" LuHouse,
    Inbox "inbox" LuInbox,
    Info "info" LuInfo,
    Keyboard "keyboard" LuKeyboard,
    Languages "languages" LuLanguages,
    LayoutDashboard "layout-dashboard" LuLayoutDashboard,
    LayoutGrid "layout-grid" LuLayoutGrid,
    Lightbulb "lightbulb" LuLightbulb,
    Link "link" LuLink,
    ListChecks "list-checks" LuListChecks,
    Loader "loader" LuLoaderCircle,
    Megaphone "megaphone" LuMegaphone,
    Menu "menu" LuMenu,
    MessageCircle "message-circle" LuMessageCircle,
    Monitor "monitor" LuMonitor,
    Moon "moon" LuMoon,
    MoveRight "move-right" LuMoveRight,
    Package "package" LuPackage,
    Palette "palette" LuPalette,
    PanelLeft "panel-left" LuPanelLeft,
    Pencil "pencil" LuPencil,
    Plus "plus" LuPlus,
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
    TriangleAlert "triangle-alert" LuTriangleAlert,
    Undo "undo-2" LuUndo2,
    Unlink "unlink" LuUnlink,
    Upload "upload" LuUpload,
    Users "users" LuUsers,
    WifiOff "wifi-off" LuWifiOff,
    X "x" LuX,
}

/// An icon in the size and colour of the text around it, hidden from assistive technology.
#[component]
pub fn Icon(
    /// Which icon.
    #[prop(into)]
    name: Signal<IconName>,
) -> impl IntoView {
    let drawing = Signal::derive(move || name.get().drawing());
    view! { <span class="ui-icon" aria-hidden="true"><Drawing icon=drawing/></span> }
}
