//! What the document promises, rule by rule. The rules are in `app/docs/SPEC.md`.

// Each module carries `cfg(test)` so that its helpers count as tests for the lints.
#[cfg(test)]
mod behaviour {
    mod anew;
    mod canvases;
    mod convergence;
    mod deletion;
    mod dirty;
    mod foreign;
    mod hostile;
    mod import;
    mod last_edit;
    mod loading;
    mod locks;
    mod notes;
    mod outmoved;
    mod places;
    mod records;
    mod releases;
    mod support;
    mod text;
    mod undo;
    mod undo_properties;
}
