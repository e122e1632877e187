//! The memory of a process.

/// What Linux says of a process (a number, or `self`) under a heading such as `VmRSS`, in bytes; zero elsewhere.
pub fn of(process: &str, heading: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(heading)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}
