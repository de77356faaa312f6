// SPDX-License-Identifier: Apache-2.0
// Score Calculation on a platform of one's own: bind its two streams, push an output map, print the decision.
#include <cstdint>
#include <iostream>

#include "hw/control/score/score_calculation.h"

using namespace airnn;

SC_MODULE(Platform) {
  ClockDomain clock{sc_core::sc_time(10, sc_core::SC_NS)};
  StreamOut<FeatureMap> out_map{"out_map", clock, 1};
  StreamIn<Decision> in_decision{"in_decision", clock};
  ScoreCalculation score;
  std::int32_t outputs[4] = {1 << 16, 9 << 16, 2 << 16, 1 << 16};  // 16 fraction bits

  static ScoreCalculationParams params() {
    ScoreCalculationParams p;
    p.classes = 4;
    p.fraction_bits = 16;
    p.threshold = quantised_threshold(0.9, p.fraction_bits, p.mode);
    p.iterations = 5;
    return p;
  }
  SC_CTOR(Platform) : score("score", params(), clock) {
    out_map.bind(score.in_outputs);
    score.out_decision.bind(in_decision);
    SC_METHOD(send);
    SC_METHOD(receive);
    dont_initialize();
    sensitive << in_decision.arrival_event();
  }
  void send() { out_map.push({outputs, nullptr, 1, 0, 1}, 1); }
  void receive() {
    const Decision decision = in_decision.pop();
    std::cout << "cycle " << clock.now() << ": class " << decision.prediction
              << (decision.terminate != 0 ? ", ends" : ", goes on") << std::endl;
  }
};

int sc_main(int, char**) {
  Platform platform("platform");
  sc_core::sc_start();
  return 0;
}
