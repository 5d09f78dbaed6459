import AQICore
import Foundation
import Ingest
import Store

/// What a station made itself of an hour or a day that is not closed here, as the store remembers it: a row a station, written
/// before the station is acknowledged, and replaced by what it sends next.
struct AwaitedMean: Codable {
    private struct Value: Codable {
        var pollutant: String
        var thousandths: Int32
        var step: Int32
    }

    private var isDay: Bool
    /// UTC seconds.
    private var start: Int64
    private var values: [Value]

    init(_ mean: StationMean) {
        isDay = mean.interval == .day
        start = mean.start.seconds
        values = mean.values.map { .init(pollutant: $0.pollutant.name, thousandths: $0.thousandths, step: $0.step) }
    }

    private func mean(of station: Int) -> StationMean {
        StationMean(
            station: Int32(station), interval: isDay ? .day : .hour, start: Instant(seconds: start),
            values: values.compactMap { value in
                Pollutant(name: value.pollutant).map {
                    .init(pollutant: $0, thousandths: value.thousandths, step: value.step)
                }
            })
    }

    /// The name of a station's row.
    static func stateName(of station: String) -> String { "station-means \(station)" }

    /// What waited for each station at the end of the run before.
    static func all(of stations: [String], in queries: StoreQueries, path: String) throws -> [StationMean] {
        var means: [StationMean] = []
        for (place, station) in stations.enumerated() {
            let name = stateName(of: station)
            guard let text = try queries.state(name) else { continue }
            let rows: [AwaitedMean] = try Pipeline.decode(text, of: name, store: path)
            means += rows.map { $0.mean(of: place) }
        }
        return means
    }
}
