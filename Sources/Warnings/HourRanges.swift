package import AQICore

/// A set of hours, kept as ranges that neither touch nor overlap, oldest first.
package struct HourRanges: Equatable, Codable, Sendable {
    /// Both ends included.
    package struct Range: Equatable, Codable, Sendable {
        package var first: Hour
        package var last: Hour

        package init(first: Hour, last: Hour) {
            self.first = first
            self.last = last
        }
    }

    package private(set) var ranges: [Range] = []

    package init() {}

    package var isEmpty: Bool { ranges.isEmpty }

    package func contains(_ hour: Hour) -> Bool {
        // Asked hourly and for each hour of a forecast, of a few ranges; most often of none.
        ranges.contains { $0.first <= hour && hour <= $0.last }
    }

    package mutating func insert(_ hours: ClosedRange<Hour>) {
        var new = Range(first: hours.lowerBound, last: hours.upperBound)
        var others: [Range] = []
        for range in ranges {
            if range.last + 1 < new.first || new.last + 1 < range.first {
                others.append(range)
            } else {
                new = Range(first: min(range.first, new.first), last: max(range.last, new.last))
            }
        }
        ranges = (others + [new]).sorted { $0.first < $1.first }
    }

    package mutating func remove(_ hours: ClosedRange<Hour>) {
        ranges = ranges.flatMap { range in
            var rest: [Range] = []
            if range.first < hours.lowerBound {
                rest.append(Range(first: range.first, last: min(range.last, hours.lowerBound - 1)))
            }
            if range.last > hours.upperBound {
                rest.append(Range(first: max(range.first, hours.upperBound + 1), last: range.last))
            }
            return rest
        }
    }

    /// Forgets the hours before `hour`.
    package mutating func forget(before hour: Hour) {
        guard let first = ranges.first, first.first < hour else { return }
        remove(first.first...(hour - 1))
    }
}
