package import AQICore
import Response
package import Texts
import Warnings

extension DocumentSource {
    /// 《重污染天气预报信息报告》: four blocks, each signed and dated to the hour, and remarks.
    ///
    /// Source: Plan 三, 附件3.
    package func forecastReport(at now: Instant, in language: Language) -> Document {
        let words = language.words
        let foreseen = forecast(at: now)
        let hour = Hour(containing: now) - 1
        let known = observed?[hour].map { words.indexAt($0, words.when(hour.endingLabel)) }
        let blocks: [Document.Block] = [
            .facts([
                Document.Fact(words.label(.drawnUp), words.when(now)),
                Document.Fact(words.label(.observedIndex), known ?? words.label(.notKnown)),
                Document.Fact(
                    words.label(.forecastInUse),
                    foreseen.map { words.list([$0.issuer, words.when($0.issued)].compactMap(\.self)) }
                        ?? words.label(.noForecast)),
            ]),
            .table(
                .init(
                    words.label(.nextDays), header: [words.label(.day), "AQI", words.label(.airQuality)],
                    rows: (1...5).map { lead in
                        let day = NaturalDay(number: hour.day.number + Int32(lead))
                        let index = foreseen?.course[day.lastHour]
                        return [
                            words.date(day.date), index.map { "\($0)" },
                            index.map { words.level(AirQualityLevel(index: $0)) },
                        ]
                    })),
            block(.weatherStation, fields.weatherStation, words),
            block(.monitoringStation, fields.monitoringStation, words),
            block(.expertsAdvice, fields.experts, words),
            block(.headquartersOffice, fields.office, words),
            .heading(words.label(.remarks)),
            .paragraph(fields.remarks ?? words.label(.ozoneLeftOut)),
        ]
        return Document(
            language, title: words.forecastReportTitle(city: words.text(response.city.name)), blocks: blocks)
    }

    private func block(_ title: DocumentLabel, _ opinion: DocumentFields.Opinion?, _ words: any Words) -> Document.Block
    {
        .signature(
            .init(title: words.label(title), text: opinion?.text, signer: opinion?.signer, time: opinion?.time))
    }
}
