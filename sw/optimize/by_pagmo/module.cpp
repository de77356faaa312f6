// SPDX-License-Identifier: Apache-2.0
#include "sw/optimize/by_pagmo/by_pagmo.h"
#include "sw/optimize/optimizer.h"

extern "C" __attribute__((visibility("default"))) const airnn::Optimizer* airnn_optimizer() {
  static const airnn::Optimizer table{airnn::by_pagmo::wanted_genomes,
                                      airnn::by_pagmo::pareto_front, airnn::by_pagmo::hypervolume};
  return &table;
}
