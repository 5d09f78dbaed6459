/// What `doctor` finds.
extension English {
    package var findingIsGood: String { "ok" }
    package var findingIsDoubtful: String { "!" }
    package var findingIsBad: String { "BAD" }
    package func latestFailure(_ reason: String) -> String { "; latest failure: \(reason)" }
}
