import * as access from '../../worker/access/api.ts'
import type { Documented } from '../../worker/call/operation.ts'
import * as consent from '../../worker/consent/api.ts'
import * as inbound from '../../worker/inbound/api.ts'
import * as ledger from '../../worker/ledger/api.ts'
import * as statistics from '../../worker/ledger/statistics-api.ts'
import * as message from '../../worker/message/api.ts'
import * as preference from '../../worker/preference/api.ts'
import * as rights from '../../worker/rights-request/api.ts'
import * as signup from '../../worker/signup/api.ts'
import * as subscription from '../../worker/subscription/api.ts'
import * as suppression from '../../worker/suppression/api.ts'
import * as check from '../../worker/suppression/check-api.ts'
import * as exporting from '../../worker/suppression/export-api.ts'
import * as transfer from '../../worker/suppression/import-api.ts'
import * as imports from '../../worker/suppression/imports-api.ts'
import * as match from '../../worker/suppression/match-api.ts'
import * as topic from '../../worker/topic/api.ts'
import * as unsubscribe from '../../worker/unsubscribe/api.ts'
import * as webhook from '../../worker/webhook/api.ts'
import * as delivery from '../../worker/webhook/delivery-api.ts'

/** Every call there is, in the order of the reference. */
export const OPERATIONS: readonly Documented[] = [
  check.checkAddressesDoc,
  unsubscribe.mintLinksDoc,
  topic.listTopicsDoc,
  message.prepareMessageDoc,
  message.lintMessageDoc,
  suppression.addSuppressionsDoc,
  suppression.listSuppressionsDoc,
  suppression.findSuppressionsDoc,
  suppression.getSuppressionDoc,
  suppression.liftSuppressionDoc,
  transfer.importSuppressionsDoc,
  transfer.getImportDoc,
  imports.listImportsDoc,
  imports.undoImportDoc,
  exporting.exportSuppressionsDoc,
  match.matchSuppressionsDoc,
  subscription.requestSubscriptionDoc,
  consent.recordConsentsDoc,
  consent.withdrawConsentDoc,
  consent.proveConsentDoc,
  signup.createFormDoc,
  signup.listFormsDoc,
  signup.getFormDoc,
  signup.endFormDoc,
  inbound.listInboundDoc,
  inbound.listRefusedReportsDoc,
  inbound.setInboundDoc,
  inbound.endInboundDoc,
  inbound.receiveReportDoc,
  inbound.receiveSignedReportDoc,
  inbound.receiveMessageDoc,
  ledger.readEventsDoc,
  ledger.identifyAddressesDoc,
  statistics.readStatisticsDoc,
  rights.listRightsRequestsDoc,
  rights.getRightsRequestDoc,
  rights.closeRightsRequestDoc,
  rights.extendRightsRequestDoc,
  webhook.listWebhookEndpointsDoc,
  webhook.createWebhookEndpointDoc,
  webhook.getWebhookEndpointDoc,
  webhook.updateWebhookEndpointDoc,
  webhook.deleteWebhookEndpointDoc,
  webhook.rotateWebhookSecretDoc,
  webhook.replayWebhookDoc,
  delivery.testWebhookDoc,
  delivery.listWebhookDeliveriesDoc,
  access.listKeysDoc,
  access.createKeyDoc,
  access.rotateKeyDoc,
  access.revokeKeyDoc,
  unsubscribe.oneClickUnsubscribeDoc,
  unsubscribe.showUnsubscribeDoc,
  preference.showPreferencesDoc,
  preference.updatePreferencesDoc,
  subscription.showConfirmationDoc,
  subscription.confirmSubscriptionDoc,
  subscription.receiveReceiptDoc,
  subscription.cancelSubscriptionDoc,
  signup.showFormDoc,
  signup.submitFormDoc,
  consent.getKeysDoc,
]
