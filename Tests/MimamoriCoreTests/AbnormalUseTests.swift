// Alerts and pauses, case by case; the clock is the test's.

import Testing

@testable import MimamoriCore

struct AbnormalUseTests {
    // A Tuesday, ten in the morning.
    private let start = Sample.now
    private func package(_ number: UInt8) -> PackageID {
        PackageID(at: Sample.now, random: Array(repeating: number, count: 10))
    }

    @Test func manyDifferentPackagesWithinTheWindowRaiseOneAlert() {
        let limits = UseLimits(readsBeforeAlert: 3, readWindowSeconds: 60)
        var record = UseRecord()
        #expect(record.read(package(1), at: start, limits: limits).isEmpty)
        #expect(record.read(package(1), at: start, limits: limits).isEmpty, "the parts of one package are one read")
        #expect(record.read(package(2), at: start, limits: limits).isEmpty)
        #expect(record.read(package(3), at: start, limits: limits) == [.bulkRead])
        #expect(record.read(package(4), at: start, limits: limits).isEmpty, "said once")
        #expect(record.read(package(5), at: start.advanced(bySeconds: 60), limits: limits).isEmpty, "a new window")
        _ = record.read(package(6), at: start.advanced(bySeconds: 61), limits: limits)
        #expect(record.read(package(7), at: start.advanced(bySeconds: 62), limits: limits) == [.bulkRead])
    }

    @Test func slowReadingRaisesNone() {
        let limits = UseLimits(readsBeforeAlert: 2, readWindowSeconds: 60)
        var record = UseRecord()
        for step in 0..<20 {
            let now = start.advanced(bySeconds: Int64(step) * 60)
            #expect(record.read(package(UInt8(step)), at: now, limits: limits).isEmpty)
        }
    }

    @Test(
        arguments: [
            ("2026-11-24T06:59:59.999+09:00", true), ("2026-11-24T07:00:00.000+09:00", false),
            ("2026-11-24T21:59:59.999+09:00", false), ("2026-11-24T22:00:00.000+09:00", true),
            // A Saturday and a Sunday at noon, a Monday.
            ("2026-11-28T12:00:00.000+09:00", true), ("2026-11-29T12:00:00.000+09:00", true),
            ("2026-11-30T12:00:00.000+09:00", false), ("1969-12-29T12:00:00.000+09:00", false),
            ("1969-12-28T12:00:00.000+09:00", true),
        ] as [(String, Bool)])
    func oddHoursAreThoseOfJapan(_ time: String, _ isOdd: Bool) {
        var record = UseRecord()
        let alerts = record.read(package(1), at: Sample.time(time), limits: UseLimits())
        #expect(alerts == (isOdd ? [.oddHours] : []))
        #expect(record.read(package(2), at: Sample.time(time), limits: UseLimits()).isEmpty, "said once a day")
    }

    @Test func repeatedRefusalsPauseAndThePauseEnds() {
        let limits = UseLimits(refusalsBeforePause: 3, refusalWindowSeconds: 60, pauseSeconds: 100)
        var record = UseRecord()
        #expect(record.refused(at: start, limits: limits) == nil)
        #expect(record.refused(at: start.advanced(bySeconds: 60), limits: limits) == nil, "the first is forgotten")
        #expect(record.refused(at: start.advanced(bySeconds: 61), limits: limits) == nil)
        let third = start.advanced(bySeconds: 62)
        #expect(record.refused(at: third, limits: limits) == .paused)
        #expect(
            record.isPaused(at: third.advanced(bySeconds: 99)) && !record.isPaused(at: third.advanced(bySeconds: 100)))
        #expect(record.refused(at: third.advanced(bySeconds: 1), limits: limits) == nil, "paused already")
        #expect(record.lastRefusal == third.advanced(bySeconds: 1))
        record.succeeded(at: third.advanced(bySeconds: 101))
        #expect(record.lastSuccess == third.advanced(bySeconds: 101))
    }

    @Test func zeroTurnsALimitOff() {
        let limits = UseLimits(readsBeforeAlert: 0, officeHours: nil, refusalsBeforePause: 0)
        var record = UseRecord()
        for number in 0..<200 as Range<UInt8> {
            let night = start.advanced(bySeconds: 14 * 3600)
            #expect(record.read(package(number), at: night, limits: limits).isEmpty)
            #expect(record.refused(at: start, limits: limits) == nil)
        }
        #expect(!record.isPaused(at: start))
    }
}
