/// What `bench` says: `English+Bench.swift`, `Chinese+Bench.swift`.
package protocol BenchWords: Sendable {
    func capacity(stations: Int, measured: Int, percent: String) -> String
    func capacityLimit(stage: String, shares: [String]) -> String
    func resultsDiffer(_ stage: String) -> String
}
