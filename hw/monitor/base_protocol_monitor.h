// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "hw/link/binding_tap.h"

namespace airnn {

/// Checks both sides of a binding against the base protocol of TLM-2.0 (IEEE 1666, clause 15.2):
/// order of phases, the exclusion rules of requests and responses, annotated times that never go
/// back, attributes that nobody may change, response status and memory manager.
class BaseProtocolMonitor final : public BindingListener {
 public:
  /// Told what is broken, at the kernel's present time.
  using Report = std::function<void(const std::string& broken)>;

  explicit BaseProtocolMonitor(Report report) : report_(std::move(report)) {}

  /// Transactions that were begun and have not ended.
  std::size_t unfinished() const { return live_.size() - free_.size(); }
  std::uint64_t transactions() const { return transactions_; }
  /// Time of the last phase of the one that has waited longest; only if there is one.
  sc_core::sc_time oldest() const;

  void called(const TransportCall& call) override;
  void returned(const TransportCall& call, const TransportReturn& result) override;
  void blocking_called(const tlm::tlm_generic_payload& payload,
                       const sc_core::sc_time& delay) override;
  void blocking_returned(const tlm::tlm_generic_payload& payload,
                         const sc_core::sc_time& delay_before,
                         const sc_core::sc_time& delay) override;
  void debugged(const tlm::tlm_generic_payload& payload, unsigned bytes) override;

 private:
  using Payload = tlm::tlm_generic_payload;

  struct Transaction {
    tlm::tlm_phase phase = tlm::UNINITIALIZED_PHASE;  ///< the last one
    sc_core::sc_time time;                            ///< of it, with its annotation
    tlm::tlm_response_status status = tlm::TLM_INCOMPLETE_RESPONSE;
    // Attributes that nobody may change:
    tlm::tlm_command command = tlm::TLM_IGNORE_COMMAND;
    std::uint64_t address = 0;
    const unsigned char* data = nullptr;
    unsigned length = 0;
    unsigned streaming_width = 0;
    const unsigned char* byte_enable = nullptr;
    unsigned byte_enable_length = 0;
  };

  /// The caller's side of a call: may this phase come now?
  void check_forward(const TransportCall& call);
  void check_backward(const TransportCall& call);
  void begin(const TransportCall& call);
  void enter(std::size_t place, const tlm::tlm_phase& phase, const sc_core::sc_time& time);
  void check_attributes(std::size_t place);
  void check_new_attributes(const Payload& payload);
  void finish(std::size_t place);
  /// Place of a transaction that is under way, or kNone.
  std::size_t find(const Payload& payload);
  void report(const std::string& broken) { report_(broken); }

  static constexpr std::size_t kNone = ~std::size_t{0};

  Report report_;
  // Few: a binding has not many places. The payloads lie by themselves to be found quickly.
  std::vector<const Payload*> live_;  ///< null: free
  std::vector<Transaction> transactions_under_way_;
  std::vector<std::size_t> free_;
  std::size_t last_ = 0;                 ///< found last
  const Payload* requesting_ = nullptr;  ///< between BEGIN_REQ and END_REQ
  const Payload* responding_ = nullptr;  ///< between BEGIN_RESP and END_RESP
  std::uint64_t transactions_ = 0;
};

}  // namespace airnn
