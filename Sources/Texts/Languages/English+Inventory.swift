import AQICore
package import Inventory
package import Warnings

/// The emission inventory.
extension English {
    package func inInventory(_ place: SourceLine, column: String?, _ problem: String) -> String {
        inTable(place.file, line: place.line, (column.map { "column \($0): " } ?? "") + problem)
    }

    package func problem(_ kind: InventoryFault.Kind) -> String {
        switch kind {
        case .notUTF8: notUTF8
        case .damagedGzip: damagedGzip
        case .unclosedQuote: unclosedQuote
        case .textAfterQuote: textAfterQuote
        case .unknownTable(let markers):
            "this is none of the inventory's tables; each has one of the columns \(markers.joined(separator: ", "))"
        case .unknownColumn: "nobody knows this column; remove it, or correct its name"
        case .missingColumn: "the table needs this column"
        case .repeatedColumn: "the column stands twice; remove one"
        case .fieldCount(let have, let need): fieldCount(have: have, need: need)
        case .emptyField: "must not be empty"
        case .badNumber(let text):
            "\"\(text)\" is no plain decimal number; write it like 1250.5, without exponent or unit"
        case .tooManyDecimals(let text, let most): "\"\(text)\" has more than \(most) decimals"
        case .outOfRange(let text, let lowest, let highest): "\(text) lies outside \(lowest) ... \(highest)"
        case .notOneOf(let text, let allowed): "\"\(text)\" is none of \(allowed.joined(separator: ", "))"
        case .badDate(let text): badDate(text)
        case .dustIsOnlyPM(let text): "\(text): dust is only pm"
        case .duplicate(let line): "stands already in \(line.file), line \(line.line); remove one"
        case .unknownPlant(let id): "no plant \"\(id)\" is in the inventory"
        case .unknownProcess(let plant, let process): "plant \"\(plant)\" has no process \"\(process)\""
        case .plantWithoutProcess: "the plant has no process; add its processes, or remove it"
        case .isListed(let id): "plant \"\(id)\" is in the inventory, so that it is not unlisted"
        case .fallsWithLevel(let level): "less is cut at \(level) than at the level below"
        case .aboveBase(let cut, let base):
            "\(tonnes(Int128(cut))) t of routine cuts, and the sector emits \(tonnes(base)) t"
        case .missingFigure(.dustShare): "dust needs a line dust-share: the seasonal share of dust in PM2.5, percent"
        case .missingFigure(.heatingDays): "heating needs a line heating-days: how many days were heated"
        case .missingFigure(let quantity): "a line \(quantity.rawValue) is missing"
        case .listNeeds(let ground): "list \(ground.rawValue): must not be empty"
        case .withoutPrecautions(let missing):
            "a site on the positive list needs \(missing.map(\.rawValue).joined(separator: ", ")) (Plan 五(五)2)"
        case .principle(let principle): "\(broken(principle)); correct it, or give the reason in the column exception"
        }
    }

    private func broken(_ principle: Principle) -> String {
        switch principle {
        case .batches(let count): "in principle at most 3 batches rotate, here \(count) (Plan 五(七))"
        case .guaranteedRating(let rating):
            "in principle a guaranteed enterprise is rated B, here \(self.rating(rating)) (Plan 五(五)3)"
        case .positiveStops(let level): "in principle nobody on the positive list stops, here at \(level) (Plan 五(五)1)"
        }
    }

    package func inventoryHasFaults(_ count: Int) -> String {
        "\(count) fault\(count == 1 ? "" : "s"); nothing was taken"
    }
    package func inventoryIsGood(plants: Int, processes: Int, heating: Int, fleets: Int, dust: Int) -> String {
        "good: \(plants) plants with \(processes) processes, \(heating) heating sources, \(fleets) fleets, \(dust) dust sources"
    }
    package func remark(_ remark: InventoryRemark) -> String {
        switch remark {
        case .idle(let plant): "\(plant.id) \(plant.name): idle for long, not counted"
        case .rating(let plant, let standing):
            "\(plant.id) \(plant.name): rated \(rating(standing.stated)), in force \(rating(standing.rating)): "
                + standing.causes.map(cause).joined(separator: "; ")
        case .offList(let plant, let membership):
            "\(plant.id) \(plant.name): no longer on the list (\(ground(membership.ground)))"
        case .unlisted(let record): "\(record.plant): \(finding(record.finding)), \(found(record))"
        case .excepted(let plant, let principle):
            "\(plant.id) \(plant.name): \(broken(principle)); excepted: \(plant.exception)"
        }
    }
    package func noPlant(_ id: String) -> String { "no plant \"\(id)\" is in the inventory" }
    package func plantIsClassified(_ id: String) -> String {
        "plant \"\(id)\" is classified: nothing of it is published"
    }

    package func pollutant(_ pollutant: EmittedPollutant) -> String {
        switch pollutant {
        case .so2: "SO2"
        case .nox: "NOx"
        case .pm: "PM"
        case .vocs: "VOCs"
        }
    }
    package func rating(_ rating: Rating) -> String { rating == .none ? "unrated" : rating.rawValue }
    package func finding(_ finding: Inspection.Finding) -> String {
        switch finding {
        case .seriousViolation: "serious violation within two years"
        case .repeatedExceedances: "repeated exceedances in automatic data"
        case .permit: "no permit, built before approval, or not as approved"
        case .complaints: "many complaints"
        case .notPutRight: "findings of inspections not put right"
        case .offSpecCoal: "coal off specification"
        case .cleanTransport: "clean transport below 80 %"
        case .capacityRemoval: "capacity to be removed and still there after October"
        case .ratingNotHeld: "rating not held"
        case .violation: "violation"
        case .measuresNotCarriedOut: "measures not carried out"
        case .unlistedRunning: "runs as usual and is on no list"
        }
    }
    package func ground(_ ground: Membership.Ground) -> String {
        switch ground {
        case .ratedA: "positive list: A-rated"
        case .leader: "positive list: leader"
        case .strategic: "positive list: strategic industry"
        case .export: "positive list: key exporter"
        case .zeroEmission: "positive list: zero emission"
        case .microEmission: "positive list: micro emission"
        case .construction: "positive list: key construction"
        case .resettlement: "positive list: resettlement"
        case .heating: "guaranteed: heating"
        case .waste: "guaranteed: waste"
        case .hazardousWaste: "guaranteed: hazardous waste"
        case .military: "guaranteed: military production"
        case .government: "guaranteed: government production"
        case .supplier: "guaranteed: supplies the positive list"
        }
    }
    package func cause(_ cause: Standing.Cause) -> String {
        switch cause {
        case .indicator(let indicator):
            "\(indicator.process): \(indicator.name) reaches \(rating(indicator.rating))"
        case .veto(let record), .inspection(let record): "\(finding(record.finding)), \(found(record))"
        case .excepted(let record): "\(finding(record.finding)), \(found(record)), excepted: \(record.exception)"
        }
    }
    private func found(_ record: Inspection) -> String {
        "\(record.day.date.iso8601), \(record.person): \(record.reason)"
    }

    package func reductionTitle(_ level: WarningLevel, required: String) -> String {
        "\(warning(level)): at least \(required) % of each pollutant"
    }
    package var reductionHeader: [String] { ["", "base t/d", "cut t/d", "ratio %", "target %", ""] }
    package func verdict(_ verdict: LevelReduction.Verdict, missing: String?) -> String {
        switch verdict {
        case .met: "reached"
        case .metByTrade: "reached by the trade of SO2 and NOx"
        case .short: "NOT REACHED" + (missing.map { ", \($0) t/d missing" } ?? "")
        case .noBase: "nothing is emitted: no ratio"
        }
    }
    package func trade(_ ratio: String, required: String, isReached: Bool) -> String {
        "trade: SO2 and NOx have \(ratio) points together, \(isReached ? "enough" : "not enough") for the \(required) required"
    }
    package func dustIsCapped(at share: String) -> String {
        "dust counts for \(share) % of PM only, the share of the source apportionment"
    }
    package func suggestionTitle(_ level: WarningLevel, plants: Int, isEnough: Bool) -> String {
        if plants == 0 { return "No plant may be asked for more at \(level)" }
        let who = plants == 1 ? "the one plant" : "\(plants) plants"
        return "A suggestion, no order (beyond the list, t/d): "
            + (isEnough
                ? "\(who) that could stop at \(level), and all is reached"
                : "\(who) that may be asked to stop at \(level), all there are, and it is not enough")
    }
    package var suggestionHeader: [String] { ["plant", "name", "rating", "asked for"] }
    package var suggestionTogether: String { "together" }
    package var suggestionRatio: String { "then ratio %" }
    package func suggestionRest(_ plants: Int) -> String { "and \(plants) more: --plants" }
    package func outOfReach(_ pollutants: [EmittedPollutant], missing: [String]) -> String {
        "Then still missing: " + zip(pollutants, missing).map { "\(pollutant($0)) \($1) t/d" }.joined(separator: ", ")
    }
    package var shortfallNeeds: String {
        "To fall short takes a detailed calculation and list (Plan 五(四)2): these tables, this calculation with --json, and for each "
            + "pollutant why no more can be given"
    }

    package var boardTitle: String { "Heavy-pollution measures: public board" }
    package func boardMeasures(_ level: WarningLevel) -> String { "Response \(level.response)" }
    package func board(_ label: BoardLabel) -> String {
        switch label {
        case .plant: "Plant"
        case .area: "Area"
        case .rating: "Rating"
        case .list: "List"
        case .responsible: "Responsible"
        case .preparation: "Preparation"
        case .batches: "Batches"
        case .ordinary: "In ordinary times"
        case .process: "Process"
        case .lineCount: "Lines"
        case .cut: "Cut"
        case .action: "What is done"
        case .limit: "At most"
        }
    }
    package func boardMember(_ membership: Membership) -> String {
        let load = membership.largestLoad.map { ", at most \(percent($0)) % of the load" }
        return ground(membership.ground) + (load ?? "")
    }
    package func boardCut(_ cut: Cut) -> String {
        cut == .stop ? "stops" : cut == .none ? "runs" : "\(percent(cut)) % less"
    }
    package func boardConsumption(_ consumption: Plant.Consumption) -> String? {
        let figures = [
            consumption.power.map { "\(DecimalWriting.shortest($0, decimals: 3)) kWh" },
            consumption.gas.map { "\(DecimalWriting.shortest($0, decimals: 3)) m³ of gas" },
        ].compactMap(\.self)
        return figures.isEmpty ? nil : "\(figures.joined(separator: ", ")) a day"
    }
    package func boardHours(_ hours: Int64) -> String { "\(hours) h" }
    package func boardBatches(_ count: Int64) -> String {
        count == 1 ? "none in turn" : "\(count), which stop in turn, another one with each warning"
    }
    package var boardBasis: String { "Langfang heavy-pollution contingency plan, 五(七), annex 6" }
    private func percent(_ cut: Cut) -> String { DecimalWriting.shortest(cut.hundredths, decimals: 2) }
    private func tonnes(_ grams: Int128) -> String { DecimalWriting.shortest(Int64(clamping: grams), decimals: 6) }
}
