//! Drawing: without a graphics card, the page is painted straight into its window.
//!
//! WebKitGTK puts a page together from layers with OpenGL. Where no card does that the processor does, at
//! several times what painting the page takes (measured in docs/desktop.md). Other platforms' views see to it
//! themselves.

use tauri::WebviewWindow;

/// By this WebKitGTK is asked for layers whatever the machine has.
#[cfg(target_os = "linux")]
const FORCED: &str = "WEBKIT_FORCE_COMPOSITING_MODE";

/// Has a window drawn in the way that suits the machine.
///
/// # Errors
/// The window is gone.
#[cfg(target_os = "linux")]
pub fn suit(window: &WebviewWindow) -> tauri::Result<()> {
    use webkit2gtk::{HardwareAccelerationPolicy::Never, SettingsExt, WebViewExt};

    if has_card() || std::env::var_os(FORCED).is_some() {
        return Ok(());
    }
    window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(Never);
        }
    })
}

/// Whether the system has a device that renders.
#[cfg(target_os = "linux")]
fn has_card() -> bool {
    let devices = std::fs::read_dir("/dev/dri").into_iter().flatten();
    let mut names = devices.flatten().map(|device| device.file_name());
    names.any(|name| name.to_string_lossy().starts_with("renderD"))
}

#[cfg(not(target_os = "linux"))]
pub fn suit(_window: &WebviewWindow) -> tauri::Result<()> {
    Ok(())
}
