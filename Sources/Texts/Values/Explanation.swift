package import AQICore

/// The arithmetic of one index in words: each interpolation with its breakpoints, the rounding and the clause.
package struct Explanation {
    /// What was given of one indicator.
    package struct Given {
        /// The mean that is judged; nil where a ``NowCast`` has too few hours.
        package var mean: Mean?
        /// The hours of which the mean is the NowCast.
        package var hours: InlineArray<12, Concentration>?
        /// The mean that stands in above the table's end, where it is no indicator of its own: the day of SO2.
        package var day: Mean?

        package init(mean: Mean? = nil, hours: InlineArray<12, Concentration>? = nil, day: Mean? = nil) {
            self.mean = mean
            self.hours = hours
            self.day = day
        }
    }

    package let words: any Words
    package let report: IndexReport
    /// What was given, by `indicator.index`.
    package let given: [Given?]

    private let rules: IndexRules
    private let text: EditionText

    package init(words: any Words, report: IndexReport, given: [Given?]) {
        self.words = words
        self.report = report
        self.given = given
        rules = report.edition.rules
        text = report.edition.text
    }

    package var lines: [String] {
        var lines = [words.explainHeader(text.title, report.kind)]
        for indicator in Indicator.allSeven {
            guard let given = given[indicator.index], let table = rules.table(of: indicator, in: report.kind) else {
                continue
            }
            let values = Values(unit: text.units[indicator.pollutant.index])
            lines.append("")
            if let hours = given.hours {
                lines.append("\(words.indicator(indicator))  \(values.list(hours)) \(values.unit.name)")
                lines += nowCast(hours, values)
            } else if let mean = given.mean {
                lines.append("\(words.indicator(indicator))  \(values[mean]) \(values.unit.name)")
            }
            guard let mean = given.mean else { continue }
            let index = report[indicator].subIndex
            // What stands in above the table's end is told in full where it is no indicator of its own: the day of SO2.
            guard let day = given.day, let dayTable = rules.substitute(for: indicator), table.beyond.defers,
                table.ends(before: prepared(mean, table))
            else {
                lines += interpolation(mean, values, by: table, index: index).map { "  " + $0 }
                continue
            }
            lines.append("  " + words.explainDayInstead("\(values[day]) \(values.unit.name)") + cited(text.table))
            lines += interpolation(day, values, by: dayTable, index: index).map { "  " + $0 }
        }
        lines.append("")
        lines.append(conclusion)
        return lines
    }

    private func cited(_ clause: String) -> String { "  (\(words.clause(clause)))" }

    private func prepared(_ mean: Mean, _ table: BreakpointTable) -> Mean {
        rules.preparation == .exact ? mean : Mean(rules.published(mean, by: table))
    }

    private func interpolation(_ mean: Mean, _ values: Values, by table: BreakpointTable, index: Int32?) -> [String] {
        let used = prepared(mean, table)
        let (shown, step) = (values[used], "\(values[Mean(table.step)]) \(values.unit.name)")
        let preparation =
            switch rules.preparation {
            case .exact: words.explainNotRounded
            case .rounded: words.explainRounded(shown, step: step)
            case .truncated: words.explainTruncated(shown, step: step)
            }
        var lines = [preparation + cited(text.preparation)]
        if let band = table.interpolation(of: used) {
            let (low, high) = (values[Mean(band.low)], values[Mean(band.high)])
            let isBeyond = table.ends(before: used)
            lines.append(
                (isBeyond
                    ? words.explainExtrapolated(low, band.lowIndex, high, band.highIndex)
                    : words.explainBetween(low, band.lowIndex, high, band.highIndex)) + cited(text.table))
            lines.append(
                "IAQI = (\(band.highIndex) - \(band.lowIndex)) / (\(high) - \(low)) × (\(shown) - \(low)) + "
                    + "\(band.lowIndex) = \(exact(used, band))" + cited(text.formula))
            guard let index else { return lines }
            lines.append(
                (table.rounding == .up ? words.explainUp(index) : words.explainNearest(index)) + cited(text.rounding))
        } else if table.ends(before: used) {
            lines.append(
                (index.map { words.explainBeyond(values[Mean(table.last)], index: $0) } ?? words.explainSubstitute)
                    + cited(text.table))
        } else {
            lines.append(
                (table.first > 0 ? words.explainBelow(values[Mean(table.first)]) : words.explainNotAboveZero)
                    + cited(text.table))
        }
        return lines
    }

    /// The interpolated index to three decimals, cut off and followed by `...` where more follow.
    private func exact(_ mean: Mean, _ band: BreakpointTable.Band) -> String {
        let run = Int64(band.high - band.low) * Int64(mean.count)
        let rise = Int64(band.highIndex - band.lowIndex)
        let above = rise * (mean.sum - Int64(band.low) * Int64(mean.count))
        let thousandths = (Int64(band.lowIndex) + above / run) * 1000 + above % run * 1000 / run
        return DecimalWriting.shortest(thousandths, decimals: 3) + (above % run * 1000 % run == 0 ? "" : "...")
    }

    private func nowCast(_ hours: InlineArray<12, Concentration>, _ values: Values) -> [String] {
        guard let nowCast = NowCast(of: hours) else {
            return [
                "  "
                    + words.explainNoNowCast(
                        have: NowCast.countOfNewest(of: hours), need: NowCast.hoursNeeded) + cited(text.nowCast)
            ]
        }
        let (smallest, largest) = (values[Mean(nowCast.smallest)], values[Mean(nowCast.largest)])
        let weight = nowCast.isHalf ? "1/2" : "\(smallest)/\(largest)"
        let sum = DecimalWriting.shortest(nowCast.weightedSum, decimals: 3)
        let weights = DecimalWriting.shortest(nowCast.sumOfWeights, decimals: 6)
        let mean = DecimalWriting.shortest(thousandths: nowCast.thousandths)
        return [
            "  " + words.explainWeight(smallest: smallest, largest: largest, weight: weight) + cited(text.nowCast),
            "  NowCast = Σ c·wⁱ / Σ wⁱ ≈ \(sum) / \(weights) ≈ \(mean)" + cited(text.nowCast),
        ]
    }

    private var conclusion: String {
        guard let index = report.index, let level = report.level else { return "AQI = NA" }
        let primary = Indicator.allSeven.filter(report.primary.contains).map(words.indicator)
        let place = Int(level.rawValue)
        return words.explainIndex(
            index, level: place, text.levels.isEmpty ? words.level(level) : text.levels[place - 1],
            primary: primary.isEmpty ? words.noPrimary : primary.joined(separator: ", "))
            + cited(text.primary)
    }

    /// How values of one indicator are written.
    private struct Values {
        let unit: EditionText.Unit

        subscript(mean: Mean) -> String {
            DecimalWriting.shortest(Int64(mean.rounded(toStep: 1)), decimals: unit.decimals)
        }

        /// Hours from the first that is there, `NA` where one is missing.
        func list(_ hours: InlineArray<12, Concentration>) -> String {
            let texts = hours.indices.map { place in hours[place].thousandths.map { self[Mean($0)] } ?? "NA" }
            return texts.drop { $0 == "NA" }.joined(separator: ", ")
        }
    }
}
