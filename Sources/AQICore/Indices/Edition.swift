/// An edition of an index standard, one of ``list``. Which one holds is decided by the time of the data, never by the date of
/// the program.
public struct Edition: Equatable, Hashable, Sendable {
    /// The place in ``list``.
    let number: UInt8

    /// Every edition, in the order of their numbers; those of one family in the order of their dates. This is the one place
    /// that an edition is entered beside its own file.
    static let list: InlineArray<_, Entry> = [
        Entry(HJ633Of2012.self),
        Entry(HJ633Of2026.self),
        Entry(EPA2024.self),
    ]

    /// The tables and rules of the edition.
    public var rules: IndexRules { Edition.list[Int(number)].rules }

    /// The edition for a period that ends at an instant: among those chosen by date the newest whose first instant lies before,
    /// so HJ 633-2026 for periods that end after 2026-03-01T00:00+08:00; HJ 633-2012 also before it was in force.
    ///
    /// Source: HJ 633-2026, foreword: in force from 2026-03-01.
    public init(forPeriodEndingAt end: Instant) {
        var chosen: UInt8 = 0
        for place in Edition.list.indices {
            guard Edition.list[place].rules.isChosenByDate, end > Edition.list[place].rules.inForceFrom else {
                continue
            }
            chosen = UInt8(truncatingIfNeeded: place)
        }
        number = chosen
    }

    /// The edition at a place of ``list``.
    init(number: UInt8) {
        self.number = number
    }

    /// A line of ``list``.
    struct Entry: Sendable {
        let rules: IndexRules
        #if !hasFeature(Embedded)
            let text: @Sendable () -> EditionText
        #endif

        init<Source: EditionSource>(_ source: Source.Type) {
            rules = Source.rules
            #if !hasFeature(Embedded)
                text = { Source.text }
            #endif
        }
    }
}

/// What the file of an edition holds.
protocol EditionSource: SendableMetatype {
    /// Its tables and rules. One expression: ``Edition/list`` is laid into read-only memory.
    static var rules: IndexRules { get }
    #if !hasFeature(Embedded)
        /// What people call it and its clauses.
        static var text: EditionText { get }
    #endif
}
