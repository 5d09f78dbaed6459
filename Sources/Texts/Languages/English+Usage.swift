/// Command lines that cannot be carried out.
extension English {
    package func wrongUsage(_ line: String) -> String { line }
}
