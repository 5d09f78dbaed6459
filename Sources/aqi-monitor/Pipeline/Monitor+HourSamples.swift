import AQICore
import Ingest

extension Monitor {
    /// The samples of one hour.
    struct HourSamples {
        /// Of each pollutant, then of nitrogen oxides, against which NO2 is checked; none before the first sample. Compact: a centre
        /// has thousands of stations with five hours each.
        private var channels: [CompactHour] = []
        /// The marks that the hour got when it was closed.
        var marks = HourMarks()
        /// The hour as the station made it itself, by pollutant; empty where it did not tell.
        var stationHour: [Concentration] = []
        /// Of which of these it is told that they stand in.
        var toldOfStation = PollutantSet()

        /// Adds a sample; a parameter that no hour needs is passed over. Returns whether it is new.
        mutating func add(_ reading: Reading, atSecond second: Int64) -> Bool {
            let parameter = reading.channel.parameter
            guard let place = parameter.pollutant?.index ?? (parameter == .nox ? Pollutant.count : nil) else {
                return false
            }
            if channels.isEmpty { channels = Array(repeating: CompactHour(), count: Pollutant.count + 1) }
            return reading.isBackfilled
                ? channels[place].fill(reading.value, minute: Int32(second / 60))
                : channels[place].add(reading.value, atSecond: Int32(second))
        }

        /// Gives back the room that was kept for more samples: the hour is over.
        mutating func trim() { for place in channels.indices { channels[place].trim() } }

        /// What it takes in memory.
        var bytes: Int { channels.reduce(MemoryLayout<HourSamples>.stride) { $0 + $1.bytes } }

        private func channel(_ place: Int) -> CompactHour? { channels.isEmpty ? nil : channels[place] }

        /// The mean of the minutes that are over, thousandths.
        func soFar(_ pollutant: Pollutant) -> Int32? { channel(pollutant.index)?.soFar }

        var nox: Concentration { channel(Pollutant.count)?.result ?? .missing(.absent) }

        /// The values that were filled in, in whole or in part.
        var backfilled: PollutantSet {
            var set = PollutantSet()
            for pollutant in Pollutant.allSix
            where (channel(pollutant.index)?.isBackfilled ?? false) || isOfStation(pollutant) {
                set.insert(pollutant)
            }
            return set
        }

        /// The hour of a pollutant as its samples make it.
        func measured(_ pollutant: Pollutant) -> Concentration {
            channel(pollutant.index)?.result ?? .missing(.absent)
        }

        /// The hour that the samples make, with the station's own values where they stand in.
        var row: HourRow {
            var row = HourRow()
            for pollutant in Pollutant.allSix {
                row[pollutant] = isOfStation(pollutant) ? stationHour[pollutant.index] : measured(pollutant)
            }
            return row
        }
    }
}
