// SPDX-License-Identifier: Apache-2.0
#include "testbenches/oracle/graph_damage.h"

#include <onnx/onnx_pb.h>

#include <random>
#include <string>
#include <vector>

namespace airnn::test {
namespace {

class Damage {
 public:
  Damage(std::uint32_t seed, onnx::ModelProto* model)
      : random_(seed), model_(*model), graph_(*model->mutable_graph()) {}

  void strike() {
    auto& node = *graph_.mutable_node(pick(graph_.node_size()));
    switch (pick(14)) {
      case 0:
      case 1:
      case 2:
        return change_attribute(&node);
      case 3:
        return change_operand(&node);
      case 4:
        node.mutable_input()->SwapElements(0, pick(node.input_size()));
        return;
      case 5:
        return drop_operand(&node);
      case 6:
        node.set_op_type(any_operator());
        return;
      case 7:
        return add_attribute(&node);
      case 8:
        return change_dims();
      case 9:
        return change_integers();
      case 10:
        model_.mutable_opset_import(0)->set_version(7 + pick(17));
        return;
      case 11:
        return change_input();
      case 12:
        graph_.mutable_output(0)->set_name(node.output(0));
        return;
      default:
        return insert_node(&node);
    }
  }

 private:
  int pick(int count) {
    return count < 1 ? 0 : static_cast<int>(random_() % static_cast<unsigned>(count));
  }
  std::int64_t small_integer() {
    static const std::int64_t values[] = {-2, -1, 0, 1, 1, 2, 2, 3, 4, 5, 7, 100};
    return values[pick(12)];
  }
  std::string any_operator() {
    static const char* const types[] = {"Add",     "AveragePool", "BatchNormalization",
                                        "Clip",    "Conv",        "Div",
                                        "Dropout", "Flatten",     "Gemm",
                                        "MatMul",  "MaxPool",     "GlobalAveragePool",
                                        "Mul",     "Pad",         "GlobalMaxPool",
                                        "Relu",    "Reshape",     "ReduceMean",
                                        "Softmax", "Sigmoid",     "Sub",
                                        "Shape",   "Slice",       "Transpose",
                                        "Concat",  "Unsqueeze",   "Identity",
                                        "Gather",  "Size",        "Cast"};
    return types[pick(30)];
  }
  // A value of any kind; mostly one that is made before the node.
  std::string any_value() {
    if (pick(3) == 0 && graph_.initializer_size() > 0) {
      return graph_.initializer(pick(graph_.initializer_size())).name();
    }
    return pick(4) == 0 ? graph_.input(0).name() : graph_.node(pick(graph_.node_size())).output(0);
  }

  void change_attribute(onnx::NodeProto* node) {
    if (node->attribute_size() == 0) {
      return add_attribute(node);
    }
    const int place = pick(node->attribute_size());
    if (pick(6) == 0) {
      node->mutable_attribute()->DeleteSubrange(place, 1);
      return;
    }
    auto& attribute = *node->mutable_attribute(place);
    if (attribute.type() == onnx::AttributeProto::INT) {
      attribute.set_i(small_integer());
    } else if (attribute.type() == onnx::AttributeProto::FLOAT) {
      attribute.set_f(static_cast<float>(small_integer()) * 0.5F);
    } else if (attribute.type() == onnx::AttributeProto::STRING) {
      static const char* const modes[] = {"VALID",  "SAME_UPPER", "SAME_LOWER",
                                          "NOTSET", "constant",   "edge"};
      attribute.set_s(modes[pick(6)]);
    } else if (attribute.ints_size() > 0 && pick(5) > 0) {
      attribute.set_ints(pick(attribute.ints_size()), small_integer());
    } else {
      attribute.add_ints(small_integer());
    }
  }

  void add_attribute(onnx::NodeProto* node) {
    static const char* const names[] = {
        "axis",   "ceil_mode", "count_include_pad", "keepdims", "group", "transA",
        "transB", "allowzero", "spatial",           "start",    "end",   "storage_order"};
    auto* attribute = node->add_attribute();
    attribute->set_name(names[pick(12)]);
    attribute->set_type(onnx::AttributeProto::INT);
    attribute->set_i(small_integer());
  }

  void change_operand(onnx::NodeProto* node) {
    if (node->input_size() == 0 || pick(6) == 0) {
      node->add_input(any_value());
    } else {
      node->set_input(pick(node->input_size()), any_value());
    }
  }

  void drop_operand(onnx::NodeProto* node) {
    if (node->input_size() > 0 && pick(2) == 0) {
      node->set_input(node->input_size() - 1, "");
    } else if (node->input_size() > 0) {
      node->mutable_input()->RemoveLast();
    }
  }

  void change_dims() {
    if (graph_.initializer_size() == 0) {
      return;
    }
    auto& tensor = *graph_.mutable_initializer(pick(graph_.initializer_size()));
    if (tensor.dims_size() > 1 && pick(2) == 0) {
      tensor.mutable_dims()->SwapElements(0, 1 + pick(tensor.dims_size() - 1));
    } else if (tensor.dims_size() > 0 && pick(2) == 0 && tensor.dims(0) == 1) {
      tensor.mutable_dims()->erase(tensor.mutable_dims()->begin());
    } else {
      tensor.mutable_dims()->Add(1);
    }
  }

  void change_integers() {
    std::vector<onnx::TensorProto*> lists;
    for (auto& tensor : *graph_.mutable_initializer()) {
      if (tensor.int64_data_size() > 0) {
        lists.push_back(&tensor);
      }
    }
    if (!lists.empty()) {
      auto* list = lists[static_cast<std::size_t>(pick(static_cast<int>(lists.size())))];
      list->set_int64_data(pick(list->int64_data_size()), small_integer());
    }
  }

  void change_input() {
    auto& shape = *graph_.mutable_input(0)->mutable_type()->mutable_tensor_type()->mutable_shape();
    shape.mutable_dim(1 + pick(shape.dim_size() - 1))->set_dim_value(1 + pick(6));
  }

  // A node without operands of its own between another and who reads it.
  void insert_node(onnx::NodeProto* before) {
    static const char* const types[] = {"Relu",    "Identity",  "Flatten",    "GlobalAveragePool",
                                        "Softmax", "Transpose", "ReduceMean", "Squeeze"};
    const std::string value = before->output(0);
    before->set_output(0, value + "_raw");
    auto* made = graph_.add_node();
    made->set_op_type(types[pick(8)]);
    made->add_input(value + "_raw");
    made->add_output(value);
    // Nodes come in the order of their values.
    for (int i = graph_.node_size() - 1; i > 0 && &graph_.node(i - 1) != before; --i) {
      graph_.mutable_node()->SwapElements(i, i - 1);
    }
  }

  std::mt19937 random_;
  onnx::ModelProto& model_;
  onnx::GraphProto& graph_;
};

}  // namespace

void damage_graph(std::uint32_t seed, onnx::ModelProto* model) {
  Damage damage(seed, model);
  for (std::uint32_t strikes = 1 + seed % 3; strikes > 0; --strikes) {
    damage.strike();
  }
}

}  // namespace airnn::test
