import AQICore

/// The sub-index of every concentration that a table can be asked for, exact: what other libraries are held against.
enum LegalIndices {
    /// `edition,hour or day,indicator,thousandths,sub-index`: from 0 to a tenth beyond the table's end, in the table's step.
    static func write(to path: String) throws {
        var output = try Output(path: path)
        try output.line("edition,mean,indicator,thousandths,index")
        for edition in Edition.chosenByDate {
            for pollutant in Pollutant.allSix {
                for (mean, table) in [
                    ("hour", edition.rules.hour[pollutant.index]), ("day", edition.rules.day[pollutant.index]),
                ] {
                    for value in stride(from: 0, through: table.last + table.last / 10, by: Int(table.step)) {
                        guard let index = edition.rules.evaluate(Mean(value), by: table).subIndex else { continue }
                        try output.line("\(edition.name),\(mean),\(pollutant.name),\(value),\(index)")
                    }
                }
            }
        }
        try output.finish()
    }
}
