// SPDX-License-Identifier: Apache-2.0
#include "sw/model/onnx_reader.h"

#include <filesystem>
#include <utility>

#include "sw/format/errors.h"
#include "sw/format/shown_text.h"
#include "sw/model/graph_importer.h"
#include "sw/model/layer_mapper.h"
#include "sw/model/layer_namer.h"
#include "sw/model/layer_plan.h"
#include "sw/model/onnx_file.h"
#include "sw/model/simplifier.h"

namespace airnn {
namespace {

constexpr std::size_t kMostLayers = 0xFFFE;  // as the memory image allows

}  // namespace

Model read_onnx(const std::string& path) {
  graph::OperatorGraph operators = graph::import_graph(graph::read_onnx_file(path));
  graph::simplify(&operators);
  const std::vector<graph::LayerPlan> plans = graph::plan_layers(operators);
  if (plans.empty()) {
    throw ModelError(shown(path) + ": its graph computes nothing; at least one layer is expected");
  }
  if (plans.size() > kMostLayers) {
    throw ModelError(shown(path) + ": its network has " + std::to_string(plans.size()) +
                     " layers; supported are up to " + std::to_string(kMostLayers));
  }
  Model model = graph::map_layers(std::move(operators), plans);
  model.network.name = printable(std::filesystem::path(path).stem().string());
  return model;
}

}  // namespace airnn
