// SPDX-License-Identifier: Apache-2.0
#include "testbenches/support/sim_test.h"

#include <utility>
#include <vector>

namespace airnn::test {

namespace {

std::vector<std::string>& complaints() {
  static std::vector<std::string> texts;
  return texts;
}

void collect(const sc_core::sc_report& report, const sc_core::sc_actions&) {
  if (report.get_severity() == sc_core::SC_INFO) {
    return;
  }
  complaints().emplace_back(report.what());
  if (report.get_severity() >= sc_core::SC_ERROR) {
    sc_core::sc_report_handler::default_handler(report, sc_core::SC_THROW);
  }
}

class Body final : public sc_core::sc_module {
 public:
  Body(const sc_core::sc_module_name& module_name, std::function<void()> body)
      : sc_module(module_name), body_(std::move(body)) {
    SC_HAS_PROCESS(Body);
    SC_THREAD(execute);
  }
  bool finished() const { return finished_; }

 private:
  void execute() {
    body_();
    finished_ = true;
  }

  std::function<void()> body_;
  bool finished_ = false;
};

}  // namespace

SimTest::SimTest() {
  sc_core::sc_report_handler::set_handler(collect);
}

SimTest::~SimTest() = default;

void SimTest::TearDown() {
  for (const std::string& complaint : complaints()) {
    ADD_FAILURE() << complaint;
  }
}

void SimTest::run() {
  try {
    sc_core::sc_start();
  } catch (const sc_core::sc_report&) {
    // What it says is among the complaints.
  }
}

void SimTest::run(const std::function<void()>& body) {
  const Body thread("body", body);
  run();
  EXPECT_TRUE(thread.finished()) << "the test's body waits for something that never happens";
}

std::string SimTest::run_to_failure() {
  try {
    sc_core::sc_start();
  } catch (const sc_core::sc_report& report) {
    complaints().clear();
    return report.get_msg();
  }
  return {};
}

void SimTest::forget_complaints() {
  complaints().clear();
}

void SimTest::wait_until(Cycle cycle) {
  sc_core::wait(clock_.until(cycle));
}

}  // namespace airnn::test
