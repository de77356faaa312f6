// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <map>
#include <string>
#include <tlm>
#include <vector>

namespace airnn::test {

/// Sits on a binding, hands every call on unchanged, and checks both sides against the base
/// protocol of TLM-2.0 (IEEE 1666, clause 15.2): order of phases, the exclusion rules of requests
/// and responses, annotated times that never go back, attributes that nobody may change, response
/// status and memory manager. What is broken is collected as text.
class BaseProtocolChecker final : public sc_core::sc_module,
                                  private tlm::tlm_fw_transport_if<>,
                                  private tlm::tlm_bw_transport_if<> {
 public:
  tlm::tlm_target_socket<> from_initiator{"from_initiator"};
  tlm::tlm_initiator_socket<> to_target{"to_target"};

  explicit BaseProtocolChecker(const sc_core::sc_module_name& name);

  const std::vector<std::string>& violations() const { return violations_; }
  /// Transactions that were begun and have not ended.
  std::size_t unfinished() const { return live_.size(); }
  std::uint64_t transactions() const { return transactions_; }

 private:
  using Payload = tlm::tlm_generic_payload;

  struct Attributes {
    tlm::tlm_command command = tlm::TLM_IGNORE_COMMAND;
    std::uint64_t address = 0;
    const unsigned char* data = nullptr;
    unsigned length = 0;
    unsigned streaming_width = 0;
    const unsigned char* byte_enable = nullptr;
    unsigned byte_enable_length = 0;
  };
  struct Transaction {
    tlm::tlm_phase phase = tlm::UNINITIALIZED_PHASE;  ///< the last one
    sc_core::sc_time time;                            ///< of it, with its annotation
    Attributes attributes;
    tlm::tlm_response_status status = tlm::TLM_INCOMPLETE_RESPONSE;
  };

  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override;
  void b_transport(Payload& payload, sc_core::sc_time& delay) override;
  bool get_direct_mem_ptr(Payload& payload, tlm::tlm_dmi& dmi) override;
  unsigned transport_dbg(Payload& payload) override;
  void invalidate_direct_mem_ptr(sc_dt::uint64 start, sc_dt::uint64 end) override;

  /// The caller's side of a call: may this phase come now?
  void check_forward(Payload& payload, const tlm::tlm_phase& phase, const sc_core::sc_time& delay);
  void check_backward(Payload& payload, const tlm::tlm_phase& phase, const sc_core::sc_time& delay);
  /// The callee's side: what it answered.
  void check_return(Payload& payload, tlm::tlm_sync_enum sync, bool forward,
                    const tlm::tlm_phase& phase_before, const tlm::tlm_phase& phase,
                    const sc_core::sc_time& delay_before, const sc_core::sc_time& delay);
  void begin(Payload& payload, const sc_core::sc_time& delay);
  void enter(Payload& payload, Transaction& transaction, const tlm::tlm_phase& phase,
             const sc_core::sc_time& delay);
  void check_attributes(const Payload& payload, const Transaction& transaction);
  void check_new_attributes(const Payload& payload);
  void finish(const Payload& payload);
  void require(bool condition, const std::string& rule);

  std::map<const Payload*, Transaction> live_;
  const Payload* requesting_ = nullptr;  ///< between BEGIN_REQ and END_REQ
  const Payload* responding_ = nullptr;  ///< between BEGIN_RESP and END_RESP
  std::uint64_t transactions_ = 0;
  std::vector<std::string> violations_;
};

}  // namespace airnn::test
