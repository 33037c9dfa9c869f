//! Cells: where one record of CSV text ends and what stands in its cells. Nothing here reads a file.

/// The cells of one record, in one piece of memory.
#[derive(Debug, Default, Clone)]
pub(crate) struct Cells {
    pub text: String,
    pub ends: Vec<usize>,
}

impl Cells {
    pub fn clear(&mut self) {
        // A giant row must not hold its memory for the rest of the file.
        if self.text.capacity() > (1 << 20) {
            self.text = String::new();
        }
        self.text.clear();
        self.ends.clear();
    }

    pub fn iter(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        starts
            .zip(self.ends.iter().copied())
            .map(|(start, end)| &self.text[start..end])
    }

    pub fn is_blank(&self) -> bool {
        self.ends.len() == 1 && self.text.trim().is_empty()
    }
}

/// How quotes inside a quoted cell are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Quotes {
    /// A quote that neither ends the cell nor is doubled is an error.
    Strict,
    /// Such a quote is text.
    Literal,
    /// Such a quote ends the quoting; what follows up to the delimiter is text.
    Loose,
    /// As loose, and a cell ends with its line whatever its quotes say.
    Line,
}

/// What stands at the front of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scan {
    /// A record of that many bytes, its line end included.
    Record(usize),
    /// The text ends too early; inside the quotes opened there, if any.
    More(Option<usize>),
    /// The quote opened there is not closed as it should be, as is seen further on.
    Broken { opened: usize, seen: usize },
}

/// Reads one record from the front of a text; `last` says that nothing follows the text.
pub(crate) fn scan(
    text: &[u8],
    last: bool,
    delimiter: u8,
    quotes: Quotes,
    cells: &mut Cells,
) -> Scan {
    cells.clear();
    let ends_cell = |b: u8| b == delimiter || b == b'\n' || b == b'\r';
    let mut i = 0;
    loop {
        if text.get(i) == Some(&b'"') {
            let opened = i;
            i += 1;
            loop {
                let stop =
                    |b: &u8| *b == b'"' || quotes == Quotes::Line && matches!(b, b'\n' | b'\r');
                let Some(next) = text[i..].iter().position(stop).map(|n| i + n) else {
                    if !last {
                        return Scan::More(Some(opened));
                    }
                    if quotes != Quotes::Line {
                        let seen = text.len();
                        return Scan::Broken { opened, seen };
                    }
                    push(cells, &text[i..]);
                    i = text.len();
                    break;
                };
                push(cells, &text[i..next]);
                i = next;
                if text[i] != b'"' {
                    break;
                }
                i += 1;
                let spaces = text[i..].iter().take_while(|b| **b == b' ').count();
                match text.get(i) {
                    None if last => break,
                    None => return Scan::More(Some(opened)),
                    Some(b'"') => {
                        cells.text.push('"');
                        i += 1;
                    }
                    Some(b) if ends_cell(*b) => break,
                    Some(b' ') if text.get(i + spaces).map_or(last, |b| ends_cell(*b)) => {
                        i += spaces;
                        break;
                    }
                    Some(b' ') if i + spaces == text.len() && !last => {
                        return Scan::More(Some(opened));
                    }
                    Some(_) if quotes == Quotes::Strict => {
                        return Scan::Broken { opened, seen: i };
                    }
                    Some(_) if quotes == Quotes::Literal => cells.text.push('"'),
                    Some(_) => {
                        let rest = &text[i..];
                        let n = rest.iter().position(|b| ends_cell(*b));
                        let n = n.unwrap_or(rest.len());
                        push(cells, &rest[..n]);
                        i += n;
                        break;
                    }
                }
            }
        } else {
            let rest = &text[i..];
            let n = rest.iter().position(|b| ends_cell(*b));
            let n = n.unwrap_or(rest.len());
            push(cells, &rest[..n]);
            i += n;
        }
        cells.ends.push(cells.text.len());
        match text.get(i) {
            Some(b'\n') => return Scan::Record(i + 1),
            Some(b'\r') => match text.get(i + 1) {
                Some(b'\n') => return Scan::Record(i + 2),
                None if !last => return Scan::More(None),
                _ => return Scan::Record(i + 1),
            },
            Some(_) => i += 1,
            None if last => return Scan::Record(i),
            None => return Scan::More(None),
        }
    }
}

/// Appends bytes that were cut from UTF-8 text at ASCII characters.
fn push(cells: &mut Cells, bytes: &[u8]) {
    match std::str::from_utf8(bytes) {
        Ok(text) => cells.text.push_str(text),
        Err(_) => cells.text.push_str(&String::from_utf8_lossy(bytes)),
    }
}

/// Where the line that holds `from` ends, its line end included, if that is known; `last` says that
/// nothing follows the text.
pub(crate) fn line_end(text: &[u8], from: usize, last: bool) -> Option<usize> {
    let at = from
        + text[from..]
            .iter()
            .position(|b| matches!(b, b'\n' | b'\r'))?;
    match (text[at], text.get(at + 1)) {
        (b'\r', Some(b'\n')) => Some(at + 2),
        (b'\r', None) if !last => None,
        _ => Some(at + 1),
    }
}

/// How many lines end in a text.
pub(crate) fn lines(text: &[u8]) -> u64 {
    let mut count = 0;
    let mut from = 0;
    while let Some(end) = line_end(text, from, true) {
        count += 1;
        from = end;
    }
    count
}
