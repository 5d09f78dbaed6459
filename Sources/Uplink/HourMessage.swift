import AQICore
package import HJ212
package import Store

extension Destination {
    /// An hour as 2061; nil for a station that is not uploaded there.
    ///
    /// DataTime is the **start** of the hour, as the store has it: tables call the hour 08:00-09:00 "09:00", HJ 212
    /// `080000`. A missing value goes with its flag and without a number.
    package func message(_ record: HourlyRecord, qn: String, isAgain: Bool) -> Message? {
        guard let mn = stations[record.station] else { return nil }
        return message(
            Command.hours, mn: mn,
            Interval(station: record.station, start: record.hour.beginning, row: record.row), qn: qn, wantsAnswer: true,
            isAgain: isAgain)
    }

    /// An interval of a station as 2061 or 2051 under its start, or its samples as 2011 under their moment.
    func message(
        _ command: Int, mn: String, _ interval: Interval, qn: String, wantsAnswer: Bool, isAgain: Bool
    ) -> Message {
        let kind = command == Command.realtime ? "Rtd" : "Avg"
        let items = factors.map { factor in
            let value = interval.row[factor.pollutant]
            guard let thousandths = value.thousandths else {
                return "\(factor.code)-\(kind)=,\(factor.code)-Flag=\(value.reason.letter)"
            }
            return
                "\(factor.code)-\(kind)=\(Destination.text(thousandths, places: factor.places)),\(factor.code)-Flag=N"
        }
        return Message(
            qn: qn, st: 22, cn: command, pw: password, mn: mn, flag: dialect.flag(wantsAnswer: wantsAnswer),
            isResent: isAgain && dialect.marksResent,
            cp: (["DataTime=\(WireTime.text(interval.start))"] + items).joined(separator: ";"))
    }

    /// Thousandths as a decimal, exact.
    static func text(_ thousandths: Int32, places: Int) -> String {
        let digits = String(thousandths.magnitude)
        let sign = thousandths < 0 ? "-" : ""
        guard places > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        return sign + padded.dropLast(places) + "." + padded.suffix(places)
    }
}

extension DataFlag {
    /// The letter of HJ 212 that says most nearly why there is no value; national marks have none.
    ///
    /// Source: HJ 212-2017, table 7.
    var letter: String {
        switch self {
        case .stopped, .maintenance, .setByHand, .fault, .calibration, .communication: text
        case .spanCheck, .zeroCheck, .precisionCheck, .zeroCalibration, .spanCalibration: "C"
        case .badConnection, .absent, .insufficient: "B"
        default: "D"
        }
    }
}
