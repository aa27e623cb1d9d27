// All rules in the order in which a person would ask: who, what, why, on whose request, to whom, under which label, how
// protected, how much, how long; then the second person, the handing out and the end. Each file here holds one small
// value a rule, whose first comment is the sentence it carries. Rules assume nothing of each other.

extension PolicyRule {
    package static let all: [PolicyRule] =
        [senderIsCaller, senderMaySend, kindOfSender, createdIsNotAhead]
        + [
            basisIsNamed, consentIsRecorded, consentNamesTheRelation, consentWasExplained, consentHasItsForm,
            consentLacksWithReason, consentIsOfAReferral, criterionIsCited, nobodyIsIdentified,
        ]
        + [
            requestHasItsTerms, requestStatesScopeAndPurpose, requestIsForAMember, supplyCitesItsRequest,
            requestIsOnRecord, requestIsBetweenThese, requestIsInForce, requestAsksForThis, decisionHasItsFindings,
            concernIsShared, materialIsForHandingOut,
        ]
        + [
            labelIsComplete, labelIsCarried, labelIsInherited, labelIsExplained, bulletinIsForMembers,
            sourceIsNotForwarded, keepingIsAhead,
        ]
        + [recipientsAreListed, recipientsAreKnown, recipientsMayReceive, partiesSitTogether]
        + [sealedToAllParties, sealedToNobodyElse, partsAreWithinLimits, retentionIsLongEnough]
        + [approverExists, approverIsAnother, approverMayApprove]
        + [dutyIsAcknowledged, keepingHasNotPassed]
        + [retentionHasEnded, nothingHoldsIt, twoPersonsDispose]
}
