//! Where results go and single files come from: standard output, or a file that is written beside the old one and takes its
//! place when it is complete.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::failure::Failure;

/// A place for a result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Standard output.
    Stdout,
    /// A file.
    File {
        /// Its path.
        path: PathBuf,
        /// Whether its folder may be made: only for the place that nobody chose.
        make_folder: bool,
    },
}

impl Target {
    /// The place that a person named.
    pub fn named(path: &Path) -> Target {
        match path.to_str() {
            Some("-") => Target::Stdout,
            _ => Target::File { path: path.into(), make_folder: false },
        }
    }

    /// The place where results go by themselves.
    pub fn default(path: PathBuf) -> Target {
        Target::File { path, make_folder: true }
    }

    /// How messages name the place.
    pub fn shown(&self) -> String {
        match self {
            Target::Stdout => "standard output".into(),
            Target::File { path, .. } => path.display().to_string(),
        }
    }

    /// Whether a person reads the result as it comes.
    pub fn is_terminal(&self) -> bool {
        *self == Target::Stdout && io::stdout().is_terminal()
    }

    /// Finds out before the work begins whether its result can be put here.
    pub fn check(&self) -> Result<(), Failure> {
        let Target::File { path, make_folder } = self else { return Ok(()) };
        let shown = self.shown();
        let folder = folder(path);
        if *make_folder {
            fs::create_dir_all(folder).map_err(|error| Failure::write(&shown, &error))?;
        }
        if !folder.is_dir() {
            let folder = folder.display();
            return Err(Failure::failed(format!("{shown}: there is no folder `{folder}`"))
                .hint(format!("make it first: mkdir -p {folder}")));
        }
        match fs::metadata(path) {
            Ok(meta) if meta.is_dir() => {
                Err(Failure::failed(format!("{shown}: is a folder")).hint("name a file in it"))
            }
            Ok(meta) if meta.permissions().readonly() => {
                Err(Failure::failed(format!("{shown}: is write-protected"))
                    .hint("allow writing, or choose another place with -o"))
            }
            _ => Ok(()),
        }
    }

    /// Refuses to fill a person's terminal with bytes.
    pub fn check_binary(&self) -> Result<(), Failure> {
        if self.is_terminal() {
            return Err(Failure::usage(
                "standard output is a terminal, and the result is not text",
            )
            .hint("name a file with -o, or send the output on"));
        }
        Ok(())
    }

    /// Writes the whole of `bytes`, or leaves everything as it was.
    pub fn write(&self, bytes: &[u8]) -> Result<(), Failure> {
        let mut sink = self.open()?;
        sink.write_all(bytes).map_err(|error| Failure::write(&self.shown(), &error))?;
        sink.finish()
    }

    /// Opens the place for writing piece by piece.
    pub fn open(&self) -> Result<Sink, Failure> {
        self.check()?;
        let shown = self.shown();
        let open = match self {
            Target::Stdout => Ok(Place::Stream(Box::new(io::stdout().lock()))),
            // What is no regular file (a device, a pipe) cannot be replaced, only written to.
            Target::File { path, .. } if is_special(path) => File::options()
                .write(true)
                .open(path)
                .map(|file| Place::Stream(Box::new(file) as Box<dyn Write>)),
            Target::File { path, .. } => {
                beside(path).map(|(file, path)| Place::File { file, path })
            }
        };
        let place = open.map_err(|error| Failure::write(&shown, &error))?;
        Ok(Sink { place: BufWriter::new(place), shown })
    }
}

/// Makes a folder with all above it; one that is there stays as it is.
pub fn make_folder(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path)
        .map_err(|error| Failure::write(&path.display().to_string(), &error))
}

/// Writes several files, or none: all are complete before the first takes its place.
pub fn write_all(files: &[(PathBuf, Vec<u8>)]) -> Result<(), Failure> {
    let mut sinks = Vec::new();
    for (path, bytes) in files {
        let mut sink = Target::named(path).open()?;
        sink.write_all(bytes).map_err(|error| Failure::write(&sink.shown, &error))?;
        sink.complete()?;
        sinks.push(sink);
    }
    sinks.into_iter().try_for_each(Sink::finish)
}

/// A result that is being written. Dropped unfinished, it leaves nothing behind.
pub struct Sink {
    place: BufWriter<Place>,
    shown: String,
}

enum Place {
    Stream(Box<dyn Write>),
    File { file: NamedTempFile, path: PathBuf },
}

impl Sink {
    /// How messages name the place.
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// Brings everything to the disk.
    fn complete(&mut self) -> Result<(), Failure> {
        let synced = self.place.flush().and_then(|()| match self.place.get_ref() {
            Place::Stream(_) => Ok(()),
            Place::File { file, .. } => file.as_file().sync_all(),
        });
        synced.map_err(|error| Failure::write(&self.shown, &error))
    }

    /// Puts the result into its place.
    pub fn finish(mut self) -> Result<(), Failure> {
        self.complete()?;
        let shown = self.shown;
        let place = self.place.into_inner();
        let place = place.map_err(|error| Failure::write(&shown, error.error()))?;
        if let Place::File { file, path } = place {
            file.persist(&path).map_err(|error| Failure::write(&shown, &error.error))?;
            // The file is whole either way; the folder's entry reaches the disk when it can.
            let _ = File::open(folder(&path)).and_then(|folder| folder.sync_all());
        }
        Ok(())
    }
}

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.place.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.place.flush()
    }
}

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Place::Stream(stream) => stream.write(bytes),
            Place::File { file, .. } => file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Place::Stream(stream) => stream.flush(),
            Place::File { file, .. } => file.flush(),
        }
    }
}

/// A new file in the folder of `path`, with the rights that the finished one is to have, and the
/// path that it will take: where `path` is a link, what it leads to.
fn beside(path: &Path) -> io::Result<(NamedTempFile, PathBuf)> {
    let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let mut builder = tempfile::Builder::new();
    builder.prefix(".dateline-");
    if let Some(rights) = new_file_rights() {
        builder.permissions(rights);
    }
    let file = builder.tempfile_in(folder(&path))?;
    if let Ok(old) = fs::metadata(&path) {
        file.as_file().set_permissions(old.permissions())?;
    }
    Ok((file, path))
}

/// The rights of an ordinary new file; the system takes away what the user's mask forbids.
#[cfg(unix)]
fn new_file_rights() -> Option<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(Permissions::from_mode(0o666))
}

/// Rights are the folder's matter here.
#[cfg(not(unix))]
fn new_file_rights() -> Option<Permissions> {
    None
}

fn is_special(path: &Path) -> bool {
    fs::metadata(path).is_ok_and(|meta| !meta.is_file())
}

fn folder(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Reads a file, or standard input for `-`, and says how messages name it.
pub fn read_whole(path: &Path) -> Result<(String, Vec<u8>), Failure> {
    let mut bytes = Vec::new();
    let (shown, read) = match path.to_str() {
        Some("-") => ("standard input".into(), io::stdin().lock().read_to_end(&mut bytes)),
        _ => {
            let file = File::open(path);
            (path.display().to_string(), file.and_then(|mut file| file.read_to_end(&mut bytes)))
        }
    };
    match read {
        Ok(_) => Ok((shown, bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Failure::failed(format!("{shown}: no such file"))
                .hint("check the spelling, and the folder you are in"))
        }
        Err(error) => Err(Failure::failed(format!("{shown}: cannot be read: {error}"))),
    }
}
