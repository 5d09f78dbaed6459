/// How much of its emission a source gives up: hundredths of a per cent, 0...10,000.
package struct Cut: Comparable, Sendable {
    package var hundredths: Int64

    package init(hundredths: Int64) {
        precondition((0...10_000).contains(hundredths), "\(hundredths) is no cut")
        self.hundredths = hundredths
    }

    package static let none = Cut(hundredths: 0)
    package static let stop = Cut(hundredths: 10_000)

    package static func < (left: Cut, right: Cut) -> Bool { left.hundredths < right.hundredths }
}
