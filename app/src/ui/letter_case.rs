//! Upper and lower case, by the browser: the tables that say which letter becomes which weigh nine
//! kilobytes on the wire, and every browser has them already.

/// The text in lower case, by the rules of no language in particular.
pub fn lower_case(text: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    return js_sys::JsString::from(text).to_lower_case().into();
    #[cfg(not(target_arch = "wasm32"))]
    text.to_lowercase()
}

/// The text in upper case, by the same rules.
pub fn upper_case(text: &str) -> String {
    #[cfg(target_arch = "wasm32")]
    return js_sys::JsString::from(text).to_upper_case().into();
    #[cfg(not(target_arch = "wasm32"))]
    text.to_uppercase()
}
