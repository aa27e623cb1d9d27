// Abnormal use (SD-ACC-8, SD-AUT-9): many personal packages read at once, reading at odd hours, repeated refusals. Pure: what
// a person did and when goes in, alerts and a pause come out. Keeping the counts, writing the leaves and refusing a paused
// person are the relay's.

/// From when on use is abnormal. Neither guideline nor directive publishes numbers; the defaults are this project's.
package struct UseLimits: Sendable, Hashable {
    /// So many different packages with personal information read within `readWindowSeconds` raise an alert.
    package var readsBeforeAlert: Int
    package var readWindowSeconds: Int64
    /// Reading before the first or from the second hour on, in Japan, or on a Saturday or Sunday, raises an alert; `nil`
    /// where an office works round the clock.
    package var officeHours: Range<Int>?
    /// So many refusals within `refusalWindowSeconds` pause the person.
    package var refusalsBeforePause: Int
    package var refusalWindowSeconds: Int64
    package var pauseSeconds: Int64

    package init(
        readsBeforeAlert: Int = 50, readWindowSeconds: Int64 = 3600, officeHours: Range<Int>? = 7..<22,
        refusalsBeforePause: Int = 20, refusalWindowSeconds: Int64 = 600, pauseSeconds: Int64 = 900
    ) {
        self.readsBeforeAlert = readsBeforeAlert
        self.readWindowSeconds = readWindowSeconds
        self.officeHours = officeHours
        self.refusalsBeforePause = refusalsBeforePause
        self.refusalWindowSeconds = refusalWindowSeconds
        self.pauseSeconds = pauseSeconds
    }
}

/// What one person did lately, as far as the limits ask. Holds at most as many moments as the limits count.
package struct UseRecord: Sendable {
    package enum Alert: String, Sendable, Hashable, CaseIterable {
        case bulkRead = "bulk_read"
        case oddHours = "odd_hours"
        case paused
    }

    private var reads: [(package: PackageID, at: Timestamp)] = []
    private var refusals: [Timestamp] = []
    private var alertedBulkUntil: Timestamp?
    private var alertedOddOn: CivilDate?
    /// Until then every request of this person is refused.
    package private(set) var pausedUntil: Timestamp?
    /// The last request that went well and the last that was refused, for the person to see (SD-AUT-10).
    package private(set) var lastSuccess: Timestamp?
    package private(set) var lastRefusal: Timestamp?

    package init() {}

    /// A request that was answered.
    package mutating func succeeded(at now: Timestamp) { lastSuccess = now }

    /// A refused request. Answers `.paused` exactly when this one pauses the person.
    package mutating func refused(at now: Timestamp, limits: UseLimits) -> Alert? {
        lastRefusal = now
        guard limits.refusalsBeforePause > 0, !isPaused(at: now) else { return nil }
        refusals.removeAll { now.seconds(since: $0) >= limits.refusalWindowSeconds }
        refusals.append(now)
        guard refusals.count >= limits.refusalsBeforePause else { return nil }
        refusals = []
        pausedUntil = now.advanced(bySeconds: limits.pauseSeconds)
        return .paused
    }

    package func isPaused(at now: Timestamp) -> Bool { pausedUntil.map { now < $0 } ?? false }

    /// A part of a package with personal information was handed out. Each alert is raised once for its occasion: bulk
    /// reading once a window, odd hours once a day.
    package mutating func read(_ package: PackageID, at now: Timestamp, limits: UseLimits) -> [Alert] {
        var alerts: [Alert] = []
        if limits.readsBeforeAlert > 0 {
            reads.removeAll { now.seconds(since: $0.at) >= limits.readWindowSeconds }
            if !reads.contains(where: { $0.package == package }) { reads.append((package, now)) }
            if reads.count >= limits.readsBeforeAlert, alertedBulkUntil.map({ now >= $0 }) ?? true {
                alertedBulkUntil = now.advanced(bySeconds: limits.readWindowSeconds)
                alerts.append(.bulkRead)
            }
            if reads.count > limits.readsBeforeAlert { reads.removeFirst() }
        }
        let today = now.dateInJapan
        if let hours = limits.officeHours, !(hours.contains(now.hourInJapan) && today.isWeekday), alertedOddOn != today
        {
            alertedOddOn = today
            alerts.append(.oddHours)
        }
        return alerts
    }
}
