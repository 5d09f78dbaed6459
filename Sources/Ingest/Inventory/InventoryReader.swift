package import Inventory

/// Reads the tables of an emission inventory, one file after another, in any order.
///
/// Which table a file holds is told by its header. Every record with a fault is named, and all of its faults are; whether the rows
/// fit together is for ``EmissionInventory`` to say.
package struct InventoryReader {
    /// What stands for an industry: its number in 附件4, and its names.
    let industries: [String: Int]
    package private(set) var tables = InventoryTables()
    package private(set) var faults: [InventoryFault] = []

    /// - Parameter industryNames: The names of each of the 19 industries, in the order of 附件4; its number does as well.
    package init(industryNames: [[String]] = []) {
        var industries = Dictionary(uniqueKeysWithValues: (1...19).map { ("\($0)", $0) })
        for (place, names) in industryNames.enumerated() {
            for name in names { industries[name] = place + 1 }
        }
        self.industries = industries
    }

    /// Reads one table.
    package mutating func read(_ bytes: [UInt8], file: String) {
        do throws(TableError) {
            try readTable(bytes, file: file)
        } catch {
            refuse(error, file: file)
        }
    }

    /// Keeps what makes a file no table at all.
    package mutating func refuse(_ error: TableError, file: String) {
        let kind: InventoryFault.Kind =
            switch error.kind {
            case .notUTF8: .notUTF8
            case .damagedGzip: .damagedGzip
            case .unclosedQuote: .unclosedQuote
            case .textAfterQuote: .textAfterQuote
            default: .unknownTable(markers: InventoryTable.allCases.map(\.marker))
            }
        faults.append(InventoryFault(kind, at: SourceLine(file: file, line: error.line)))
    }

    private mutating func readTable(_ bytes: [UInt8], file: String) throws(TableError) {
        try UTF8Check.check(bytes)
        var records = CSVRecords(bytes)
        guard try records.next() else { throw TableError(.empty, line: 0) }
        guard let (table, columns) = header(records, file: file) else { return }
        let count = records.fields.count
        while try records.next() {
            guard records.fields.count == count else {
                faults.append(
                    InventoryFault(
                        .fieldCount(have: records.fields.count, need: count),
                        at: SourceLine(file: file, line: records.line)))
                continue
            }
            var row = InventoryRow(records, columns: columns, file: file)
            take(&row, of: table)
            faults += row.faults
        }
    }

    /// Which table it is, and where its columns stand; nil where the header is not that of one.
    private mutating func header(_ records: CSVRecords, file: String) -> (InventoryTable, [String: Int])? {
        let line = SourceLine(file: file, line: records.line)
        let names = records.fields.map { records.text($0).lowercased() }
        guard let table = InventoryTable.allCases.first(where: { names.contains($0.marker) }) else {
            refuse(TableError(.empty, line: records.line), file: file)
            return nil
        }
        let before = faults.count
        let known = Set(table.required + table.optional)
        var columns: [String: Int] = [:]
        for (place, name) in names.enumerated() {
            if !known.contains(name) {
                faults.append(InventoryFault(.unknownColumn, at: line, column: name))
            } else if columns.updateValue(place, forKey: name) != nil {
                faults.append(InventoryFault(.repeatedColumn, at: line, column: name))
            }
        }
        for name in table.required where columns[name] == nil {
            faults.append(InventoryFault(.missingColumn, at: line, column: name))
        }
        return faults.count == before ? (table, columns) : nil
    }

    private mutating func take(_ row: inout InventoryRow, of table: InventoryTable) {
        switch table {
        case .plants: tables.plants.append(plant(&row))
        case .processes: tables.processes.append(process(&row))
        case .heating: tables.heating.append(heating(&row))
        case .mobile: tables.mobile.append(fleet(&row))
        case .dust: tables.dust.append(dust(&row))
        case .base: if let figure = figure(&row) { tables.base.append(figure) }
        case .indicators:
            tables.indicators.append(
                RatingIndicator(
                    plant: row.needed("plant"), process: row.needed("process"), name: row.needed("indicator"),
                    rating: row.needed("rating", or: .none), line: row.line))
        case .inspections:
            tables.inspections.append(
                Inspection(
                    day: row.needed(day: "date"), plant: row.needed("plant"),
                    finding: row.needed("finding", or: .violation), person: row.needed("person"),
                    reason: row.needed("reason"), exception: row.text("exception"), line: row.line))
        }
    }
}
