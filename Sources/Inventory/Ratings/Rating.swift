/// How well a plant keeps its air clean; in industries without A, B and C it is a leader (引领性) or not.
///
/// Source: Plan 五(三).
package enum Rating: String, CaseIterable, Sendable {
    case a = "A"
    case b = "B"
    case c = "C"
    case leader
    case none

    private var rank: Int {
        switch self {
        case .none: 0
        case .c: 1
        case .b: 2
        case .a, .leader: 3
        }
    }

    /// The "short board" (短板): the worst of several is what they are together. Nil of nothing.
    package static func shortBoard(_ ratings: some Sequence<Rating>) -> Rating? {
        ratings.min { ($0.rank, $0 == .a ? 0 : 1) < ($1.rank, $1 == .a ? 0 : 1) }
    }

    /// Whether it is A, B or leader: what a veto bars.
    package var isBarredByVeto: Bool { rank > 1 }
    /// Whether it decides by itself what it cuts, as A-rated plants and leaders do.
    package var isOfTheBest: Bool { rank > 2 }
    package func isBelow(_ other: Rating) -> Bool { rank < other.rank }
}

/// What one indicator of a process reaches.
package struct RatingIndicator: Sendable {
    package var plant: String
    package var process: String
    package var name: String
    package var rating: Rating
    package var line: SourceLine

    package init(plant: String, process: String, name: String, rating: Rating, line: SourceLine) {
        self.plant = plant
        self.process = process
        self.name = name
        self.rating = rating
        self.line = line
    }
}
