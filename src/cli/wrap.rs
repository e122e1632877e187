//! Styled text in lines of a terminal's width.

use std::io::{self, Write};

use anstyle::Style;

/// Writes characters and breaks lines between words; a word longer than a line is cut.
pub struct Wrap<W: Write> {
    out: W,
    width: usize,
    column: usize,
    word: Vec<(char, Style)>,
    /// The space before `word`, where there is one.
    space: Option<Style>,
    style: Style,
}

impl<W: Write> Wrap<W> {
    /// Lines of `width` characters at most.
    pub fn new(out: W, width: usize) -> Wrap<W> {
        let (word, style) = (Vec::new(), Style::new());
        Wrap { out, width: width.max(1), column: 0, word, space: None, style }
    }

    /// Adds a text in one style.
    pub fn text(&mut self, text: &str, style: Style) -> io::Result<()> {
        text.chars().try_for_each(|c| self.char(c, style))
    }

    /// Adds a character.
    pub fn char(&mut self, c: char, style: Style) -> io::Result<()> {
        match c {
            '\n' => {
                self.end_word()?;
                self.end_line()
            }
            ' ' => {
                self.end_word()?;
                self.space = Some(style);
                Ok(())
            }
            c => {
                self.word.push((c, style));
                if self.word.len() >= self.width { self.end_word() } else { Ok(()) }
            }
        }
    }

    /// Writes what is left, and ends the last line.
    pub fn finish(mut self) -> io::Result<()> {
        self.end_word()?;
        if self.column > 0 { self.end_line() } else { Ok(()) }
    }

    fn end_word(&mut self) -> io::Result<()> {
        if self.word.is_empty() {
            return Ok(());
        }
        let space = self.space.take().filter(|_| self.column > 0);
        if self.column + usize::from(space.is_some()) + self.word.len() > self.width {
            self.end_line()?;
        } else if let Some(style) = space {
            self.write(' ', style)?;
        }
        for (c, style) in std::mem::take(&mut self.word) {
            self.write(c, style)?;
        }
        Ok(())
    }

    fn end_line(&mut self) -> io::Result<()> {
        self.wear(Style::new())?;
        self.column = 0;
        self.space = None;
        writeln!(self.out)
    }

    fn write(&mut self, c: char, style: Style) -> io::Result<()> {
        self.wear(style)?;
        self.column += 1;
        write!(self.out, "{c}")
    }

    /// Changes the style in force.
    fn wear(&mut self, style: Style) -> io::Result<()> {
        if self.style == style {
            return Ok(());
        }
        write!(self.out, "{:#}{style}", self.style)?;
        self.style = style;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anstyle::AnsiColor;

    fn wrapped(text: &str, width: usize) -> String {
        let mut out = Vec::new();
        let mut wrap = Wrap::new(&mut out, width);
        wrap.text(text, Style::new()).unwrap();
        wrap.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    // Protects: lines break between words, keep the text's own breaks and cut what has no spaces.
    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three\n\nfour", 7), "one two\nthree\n\nfour\n");
        assert_eq!(wrapped("abcdefgh ij", 3), "abc\ndef\ngh\nij\n");
        assert_eq!(wrapped("", 3), "");
    }

    // Protects: no line leaves its colour to the next, or to the prompt after the last.
    #[test]
    fn styles_end_with_the_line() {
        let red = AnsiColor::Red.on_default();
        let mut out = Vec::new();
        let mut wrap = Wrap::new(&mut out, 3);
        wrap.text("ab cd", red).unwrap();
        wrap.finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, format!("{red}ab{red:#}\n{red}cd{red:#}\n"));
    }
}
