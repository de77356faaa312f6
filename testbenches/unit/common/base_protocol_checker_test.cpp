// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/base_protocol_checker.h"

#include <gmock/gmock.h>

#include <functional>

#include "hw/common/payload_pool.h"
#include "testbenches/support/sim_test.h"

namespace airnn::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

/// An initiator and a target that do as they are told, right or wrong, with the checker between.
struct Puppets : public sc_core::sc_module,
                 private tlm::tlm_fw_transport_if<>,
                 private tlm::tlm_bw_transport_if<> {
  using Payload = tlm::tlm_generic_payload;
  using Answer = std::function<tlm::tlm_sync_enum(Payload&, tlm::tlm_phase&, sc_core::sc_time&)>;

  explicit Puppets(const sc_core::sc_module_name& module_name) : sc_module(module_name) {
    initiator.bind(static_cast<tlm::tlm_bw_transport_if<>&>(*this));
    target.bind(static_cast<tlm::tlm_fw_transport_if<>&>(*this));
    initiator.bind(checker.from_initiator);
    checker.to_target.bind(target);
  }

  Payload& read() {
    Payload& payload = pool.acquire();
    payload.set_command(tlm::TLM_READ_COMMAND);
    payload.set_address(64);
    payload.set_data_ptr(bytes);
    payload.set_data_length(sizeof bytes);
    payload.set_streaming_width(sizeof bytes);
    return payload;
  }
  tlm::tlm_sync_enum forward(Payload& payload, tlm::tlm_phase phase, int nanoseconds = 0) {
    sc_core::sc_time delay(nanoseconds, sc_core::SC_NS);
    return initiator->nb_transport_fw(payload, phase, delay);
  }
  tlm::tlm_sync_enum backward(Payload& payload, tlm::tlm_phase phase, int nanoseconds = 0) {
    sc_core::sc_time delay(nanoseconds, sc_core::SC_NS);
    return target->nb_transport_bw(payload, phase, delay);
  }
  void respond(Payload& payload, int nanoseconds = 0) {
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    backward(payload, tlm::BEGIN_RESP, nanoseconds);
  }

  tlm::tlm_initiator_socket<> initiator{"initiator"};
  tlm::tlm_target_socket<> target{"target"};
  BaseProtocolChecker checker{"checker"};
  PayloadPool pool;
  unsigned char bytes[64] = {};
  /// What the target and the initiator answer; by default TLM_ACCEPTED.
  Answer on_forward;
  Answer on_backward;

 private:
  tlm::tlm_sync_enum nb_transport_fw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    return on_forward ? on_forward(payload, phase, delay) : tlm::TLM_ACCEPTED;
  }
  tlm::tlm_sync_enum nb_transport_bw(Payload& payload, tlm::tlm_phase& phase,
                                     sc_core::sc_time& delay) override {
    return on_backward ? on_backward(payload, phase, delay) : tlm::TLM_ACCEPTED;
  }
  void b_transport(Payload&, sc_core::sc_time&) override {}
  bool get_direct_mem_ptr(Payload&, tlm::tlm_dmi&) override { return false; }
  unsigned transport_dbg(Payload&) override { return 65; }
  void invalidate_direct_mem_ptr(sc_dt::uint64, sc_dt::uint64) override {}
};

class BaseProtocol : public SimTest {
 protected:
  const std::vector<std::string>& violations() const { return p.checker.violations(); }
  Puppets p{"puppets"};
};

TEST_F(BaseProtocol, FindsNothingInFourPhases) {
  run([this] {
    tlm::tlm_generic_payload& payload = p.read();
    p.forward(payload, tlm::BEGIN_REQ, 10);
    p.backward(payload, tlm::END_REQ, 20);
    p.respond(payload, 20);
    EXPECT_EQ(p.checker.unfinished(), 1U);
    p.forward(payload, tlm::END_RESP, 30);
    EXPECT_EQ(p.checker.unfinished(), 0U);
  });
  EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(BaseProtocol, FindsNothingInShortCuts) {
  run([this] {
    tlm::tlm_generic_payload& early = p.read();
    p.on_forward = [](auto& payload, auto&, auto& delay) {
      payload.set_response_status(tlm::TLM_OK_RESPONSE);
      delay += sc_core::sc_time(5, sc_core::SC_NS);
      return tlm::TLM_COMPLETED;
    };
    p.forward(early, tlm::BEGIN_REQ);
    tlm::tlm_generic_payload& updated = p.read();
    p.on_forward = [](auto&, auto& phase, auto&) {
      phase = tlm::END_REQ;
      return tlm::TLM_UPDATED;
    };
    p.forward(updated, tlm::BEGIN_REQ);
    p.on_backward = [](auto&, auto&, auto&) { return tlm::TLM_COMPLETED; };
    p.respond(updated);
  });
  EXPECT_THAT(violations(), IsEmpty());
  EXPECT_EQ(p.checker.unfinished(), 0U);
}

TEST_F(BaseProtocol, LetsManyTransactionsBeUnderWay) {
  run([this] {
    tlm::tlm_generic_payload& first = p.read();
    tlm::tlm_generic_payload& second = p.read();
    p.forward(first, tlm::BEGIN_REQ);
    p.backward(first, tlm::END_REQ);
    p.forward(second, tlm::BEGIN_REQ);
    p.backward(second, tlm::END_REQ);
    p.respond(second);
    p.forward(second, tlm::END_RESP);
    p.respond(first);
    p.forward(first, tlm::END_RESP);
  });
  EXPECT_THAT(violations(), IsEmpty());
}

TEST_F(BaseProtocol, FindsARequestBeforeTheEndOfTheOneBefore) {
  run([this] {
    p.forward(p.read(), tlm::BEGIN_REQ);
    p.forward(p.read(), tlm::BEGIN_REQ);
  });
  EXPECT_THAT(violations(),
              ElementsAre(HasSubstr("BEGIN_REQ before END_REQ of the request before it")));
}

TEST_F(BaseProtocol, FindsAResponseBeforeTheEndOfTheOneBefore) {
  run([this] {
    tlm::tlm_generic_payload& first = p.read();
    tlm::tlm_generic_payload& second = p.read();
    p.forward(first, tlm::BEGIN_REQ);
    p.respond(first);
    p.forward(second, tlm::BEGIN_REQ);
    p.respond(second);
  });
  EXPECT_THAT(violations(),
              ElementsAre(HasSubstr("BEGIN_RESP before END_RESP of the response before it")));
}

TEST_F(BaseProtocol, FindsPhasesOutOfOrder) {
  run([this] {
    tlm::tlm_generic_payload& payload = p.read();
    p.forward(payload, tlm::BEGIN_REQ);
    p.forward(payload, tlm::END_RESP);
  });
  EXPECT_THAT(violations(), ElementsAre(HasSubstr("END_RESP without BEGIN_RESP")));
}

TEST_F(BaseProtocol, FindsPhasesOfTransactionsThatNobodyBegan) {
  run([this] { p.respond(p.read()); });
  EXPECT_THAT(violations(),
              ElementsAre(HasSubstr("BEGIN_RESP of a transaction that is not under way")));
}

TEST_F(BaseProtocol, FindsATransactionThatIsBegunTwice) {
  run([this] {
    tlm::tlm_generic_payload& payload = p.read();
    p.forward(payload, tlm::BEGIN_REQ);
    p.backward(payload, tlm::END_REQ);
    p.forward(payload, tlm::BEGIN_REQ);
  });
  EXPECT_THAT(violations(), ElementsAre(HasSubstr("BEGIN_REQ of a transaction that is under way")));
}

TEST_F(BaseProtocol, FindsTimesThatGoBack) {
  run([this] {
    tlm::tlm_generic_payload& payload = p.read();
    p.forward(payload, tlm::BEGIN_REQ, 30);
    p.backward(payload, tlm::END_REQ, 20);
    p.on_backward = [](auto&, auto& phase, auto& delay) {
      phase = tlm::END_RESP;
      delay = sc_core::SC_ZERO_TIME;
      return tlm::TLM_UPDATED;
    };
    p.respond(payload, 40);
  });
  EXPECT_THAT(violations(), ElementsAre(HasSubstr("END_REQ lies before BEGIN_REQ"),
                                        HasSubstr("an answer that goes back in time"),
                                        HasSubstr("END_RESP lies before BEGIN_RESP")));
}

TEST_F(BaseProtocol, FindsChangedAttributes) {
  run([this] {
    tlm::tlm_generic_payload& payload = p.read();
    p.forward(payload, tlm::BEGIN_REQ);
    payload.set_address(128);
    p.backward(payload, tlm::END_REQ);
  });
  EXPECT_THAT(violations(), ElementsAre(HasSubstr("attributes changed under way")));
}

TEST_F(BaseProtocol, FindsAMissingResponseStatus) {
  run([this] {
    tlm::tlm_generic_payload& payload = p.read();
    p.forward(payload, tlm::BEGIN_REQ);
    p.backward(payload, tlm::BEGIN_RESP);
    tlm::tlm_generic_payload& other = p.read();
    p.on_forward = [](auto&, auto&, auto&) { return tlm::TLM_COMPLETED; };
    p.forward(other, tlm::BEGIN_REQ);
  });
  EXPECT_THAT(violations(), ElementsAre(HasSubstr("BEGIN_RESP without response status"),
                                        HasSubstr("TLM_COMPLETED without response status")));
}

TEST_F(BaseProtocol, FindsTransactionsThatMayNotBeKept) {
  run([this] {
    tlm::tlm_generic_payload payload;
    payload.set_command(tlm::TLM_IGNORE_COMMAND);
    p.forward(payload, tlm::BEGIN_REQ);
  });
  EXPECT_THAT(violations(), ElementsAre(HasSubstr("a transaction without memory manager"),
                                        HasSubstr("a transaction without a reference")));
}

TEST_F(BaseProtocol, FindsRequestsThatCannotBeServed) {
  run([this] {
    tlm::tlm_generic_payload& payload = p.read();
    payload.set_data_length(0);
    payload.set_streaming_width(0);
    payload.set_response_status(tlm::TLM_OK_RESPONSE);
    p.forward(payload, tlm::BEGIN_REQ);
  });
  EXPECT_THAT(violations(), ElementsAre(HasSubstr("a request that has a response status"),
                                        HasSubstr("a read or write without data"),
                                        HasSubstr("streaming width 0")));
}

TEST_F(BaseProtocol, FindsPhasesFromTheWrongSide) {
  run([this] {
    tlm::tlm_generic_payload& payload = p.read();
    p.on_forward = [](auto&, auto& phase, auto&) {
      phase = tlm::END_RESP;
      return tlm::TLM_UPDATED;
    };
    p.forward(payload, tlm::BEGIN_REQ);
  });
  EXPECT_THAT(violations(), ElementsAre(HasSubstr("TLM_UPDATED with END_RESP")));
}

TEST_F(BaseProtocol, FindsAnAcceptedCallWithChangedArguments) {
  run([this] {
    p.on_forward = [](auto&, auto& phase, auto& delay) {
      phase = tlm::END_REQ;
      delay += sc_core::sc_time(1, sc_core::SC_NS);
      return tlm::TLM_ACCEPTED;
    };
    p.forward(p.read(), tlm::BEGIN_REQ);
  });
  EXPECT_THAT(violations(), ElementsAre(HasSubstr("TLM_ACCEPTED with a changed phase"),
                                        HasSubstr("TLM_ACCEPTED with a changed delay")));
}

TEST_F(BaseProtocol, FindsABlockingCallWithoutResponseAndTooManyDebugBytes) {
  run([this] {
    tlm::tlm_generic_payload& payload = p.read();
    sc_core::sc_time delay = sc_core::SC_ZERO_TIME;
    p.initiator->b_transport(payload, delay);
    p.initiator->transport_dbg(payload);
  });
  EXPECT_THAT(violations(), ElementsAre(HasSubstr("b_transport without response status"),
                                        HasSubstr("more bytes than were asked for")));
}

}  // namespace
}  // namespace airnn::test
