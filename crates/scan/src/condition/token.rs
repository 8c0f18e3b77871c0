//! Taking a text apart into words.

use std::iter::Peekable;
use std::str::CharIndices;

use super::{Comparison, MOST_CHARACTERS, Refusal};

/// A word of a condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token {
    /// A column or a word of the language; in quotes never the latter.
    Name {
        text: String,
        is_quoted: bool,
    },
    Text(String),
    Bytes(Vec<u8>),
    /// Without a sign.
    Number(String),
    Comparison(Comparison),
    Open,
    Close,
    Comma,
    Minus,
    Plus,
}

/// A word and at which character it begins.
pub(super) type Placed = (Token, usize);

/// Takes a text apart. Whatever is no word of a condition is refused here already.
pub(super) fn tokens(text: &str) -> Result<Vec<Placed>, Refusal> {
    if text.chars().count() > MOST_CHARACTERS {
        let what = format!("a condition has at most {MOST_CHARACTERS} characters");
        return Err(Refusal::new(MOST_CHARACTERS + 1, what));
    }
    let mut reader = Reader {
        text,
        characters: text.char_indices().peekable(),
    };
    let mut tokens = Vec::new();
    while let Some(token) = reader.next()? {
        tokens.push(token);
    }
    Ok(tokens)
}

struct Reader<'a> {
    text: &'a str,
    characters: Peekable<CharIndices<'a>>,
}

impl Reader<'_> {
    fn next(&mut self) -> Result<Option<Placed>, Refusal> {
        while self
            .characters
            .next_if(|(_, character)| matches!(character, ' ' | '\t' | '\n' | '\r'))
            .is_some()
        {}
        let Some((offset, first)) = self.characters.next() else {
            return Ok(None);
        };
        let token = match first {
            '\'' => Token::Text(self.quoted('\'', offset)?),
            '"' | '`' => {
                let text = self.quoted(first, offset)?;
                if text.is_empty() {
                    return Err(self.refuse(offset, "a name is empty: no column has none"));
                }
                Token::Name {
                    text,
                    is_quoted: true,
                }
            }
            '(' => Token::Open,
            ')' => Token::Close,
            ',' => Token::Comma,
            '-' if self.sees('-') => return Err(self.refuse(offset, COMMENT)),
            '-' => Token::Minus,
            '+' => Token::Plus,
            '=' => Token::Comparison(Comparison::Equal),
            '<' if self.takes('=') => Token::Comparison(Comparison::AtMost),
            '<' if self.takes('>') => Token::Comparison(Comparison::Unequal),
            '<' => Token::Comparison(Comparison::Less),
            '>' if self.takes('=') => Token::Comparison(Comparison::AtLeast),
            '>' => Token::Comparison(Comparison::Greater),
            '!' if self.takes('=') => Token::Comparison(Comparison::Unequal),
            '0'..='9' | '.' => self.number(offset)?,
            _ if first.is_alphabetic() || first == '_' => self.word(offset)?,
            _ => return Err(self.unexpected(offset, first)),
        };
        Ok(Some((token, self.place(offset))))
    }

    fn sees(&mut self, wanted: char) -> bool {
        self.characters
            .peek()
            .is_some_and(|(_, character)| *character == wanted)
    }

    fn takes(&mut self, wanted: char) -> bool {
        self.characters
            .next_if(|(_, character)| *character == wanted)
            .is_some()
    }

    /// Where the text goes on.
    fn offset(&mut self) -> usize {
        let length = self.text.len();
        self.characters.peek().map_or(length, |(offset, _)| *offset)
    }

    fn place(&self, offset: usize) -> usize {
        self.text[..offset].chars().count() + 1
    }

    fn refuse(&self, offset: usize, what: impl Into<String>) -> Refusal {
        Refusal::new(self.place(offset), what)
    }

    /// What stands up to the next quote, which is doubled to be meant itself. No other character is
    /// special, a backslash neither.
    fn quoted(&mut self, quote: char, offset: usize) -> Result<String, Refusal> {
        let mut text = String::new();
        while let Some((at, character)) = self.characters.next() {
            if character == '\0' {
                return Err(self.refuse(at, "no value and no name has a NUL character"));
            }
            if character != quote {
                text.push(character);
            } else if self.takes(quote) {
                text.push(quote);
            } else {
                return Ok(text);
            }
        }
        let what = format!("the quote {quote} is not closed; within quotes it is doubled");
        Err(self.refuse(offset, what))
    }

    fn word(&mut self, offset: usize) -> Result<Token, Refusal> {
        while self
            .characters
            .next_if(|(_, next)| next.is_alphanumeric() || matches!(next, '_' | '$'))
            .is_some()
        {}
        let end = self.offset();
        let text = &self.text[offset..end];
        if !self.sees('\'') {
            let text = text.to_owned();
            return Ok(Token::Name {
                text,
                is_quoted: false,
            });
        }
        if !text.eq_ignore_ascii_case("x") {
            let what = format!("nothing may stand before a quote but x for bytes: remove {text}");
            return Err(self.refuse(offset, what));
        }
        self.characters.next();
        let digits = self.quoted('\'', end)?;
        bytes(&digits)
            .map(Token::Bytes)
            .ok_or_else(|| self.refuse(end, "bytes are written as pairs of 0-9 and a-f: x'0aff'"))
    }

    fn number(&mut self, offset: usize) -> Result<Token, Refusal> {
        let is_digit = |next: &(usize, char)| next.1.is_ascii_digit();
        let mut has_point = self.text[offset..].starts_with('.');
        let mut digits = usize::from(!has_point);
        loop {
            if self.characters.next_if(is_digit).is_some() {
                digits += 1;
            } else if !has_point && self.takes('.') {
                has_point = true;
            } else {
                break;
            }
        }
        if digits == 0 {
            return Err(self.refuse(offset, QUALIFIED));
        }
        if self.takes('e') || self.takes('E') {
            let _ = self.takes('-') || self.takes('+');
            let mut has_digit = false;
            while self.characters.next_if(is_digit).is_some() {
                has_digit = true;
            }
            if !has_digit {
                return Err(self.refuse(offset, "the number ends with its exponent missing"));
            }
        }
        let end = self.offset();
        if let Some((at, next)) = self.characters.peek().copied()
            && (next.is_alphanumeric() || matches!(next, '_' | '.'))
        {
            let what = format!("this is no number: {next} follows its digits");
            return Err(self.refuse(at, what));
        }
        Ok(Token::Number(self.text[offset..end].to_owned()))
    }

    fn unexpected(&self, offset: usize, character: char) -> Refusal {
        let rest = &self.text[offset..];
        let what = match character {
            ';' => "there is only one condition: remove the semicolon".to_owned(),
            '/' if rest.starts_with("/*") => COMMENT.to_owned(),
            '#' => COMMENT.to_owned(),
            ':' if rest.starts_with("::") => {
                "casts are not allowed: compare the column as it is".to_owned()
            }
            ':' | '?' | '$' | '@' => {
                "there are no variables and parameters: write the value itself".to_owned()
            }
            '\u{2018}' | '\u{2019}' | '\u{201c}' | '\u{201d}' | '\u{ff07}' | '\u{ff02}' => {
                format!("{character} is no quote: text stands in '...', a name in \"...\"")
            }
            '*' | '/' | '%' | '|' | '&' | '^' | '~' | '[' | ']' | '{' | '}' | '!' => format!(
                "{character} is not allowed: there are =, <>, <, <=, >, >=, IN, BETWEEN, LIKE, IS NULL, AND, OR, NOT"
            ),
            other => format!("{} is not allowed here", other.escape_debug()),
        };
        self.refuse(offset, what)
    }
}

const COMMENT: &str = "comments are not allowed: remove it";
pub(super) const QUALIFIED: &str = "a column stands by its name alone, without table or schema";

fn bytes(digits: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = digits
        .chars()
        .map(|digit| u8::try_from(digit.to_digit(16)?).ok())
        .collect::<Option<_>>()?;
    let (pairs, rest) = digits.as_chunks::<2>();
    rest.is_empty()
        .then(|| pairs.iter().map(|[high, low]| high << 4 | low).collect())
}
