extension English {
    package func latestFailure(_ reason: String) -> String { "; latest failure: \(reason)" }
}
