import AQICore
import Ingest

extension Configuration {
    /// A device of a bus and the channels that it measures.
    struct Instrument: Equatable, Sendable {
        var bus: String
        var device: String
        /// Keys of stations with what is measured there.
        var measured: [(station: String, parameter: Parameter)]

        static func == (left: Self, right: Self) -> Bool { left.bus == right.bus && left.device == right.device }

        func measures(_ pollutant: Pollutant, at station: String) -> Bool {
            measured.contains { $0.station == station && $0.parameter.pollutant == pollutant }
        }
    }

    /// Every device that can be calibrated.
    var instruments: [Instrument] {
        func instrument(_ bus: String, _ device: String, _ channels: [Channel]) -> Instrument {
            Instrument(
                bus: bus, device: device,
                measured: channels.map { (stations[Int($0.station)].key, $0.parameter) })
        }
        return buses.flatMap { bus in
            bus.devices.map { instrument(bus.name, $0.name, $0.channels.map(\.rule.channel)) }
        }
            + serialBuses.flatMap { bus in
                bus.devices.map { instrument(bus.name, $0.name, $0.channels.map(\.rule.channel)) }
            }
    }
}
