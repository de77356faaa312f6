// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "testbenches/oracle/node_view.h"

namespace airnn::oracle {

// Each is the definition of an ONNX operator, operator sets 7 to 22, in double precision: its first
// output from its inputs. They throw std::runtime_error where the definition has no answer.

Array conv(const NodeView& node);
Array max_pool(const NodeView& node);
Array average_pool(const NodeView& node);
Array global_average_pool(const NodeView& node);
Array global_max_pool(const NodeView& node);
Array pad(const NodeView& node);
Array reduce_mean(const NodeView& node);

Array gemm(const NodeView& node);
Array matmul(const NodeView& node);
Array batch_normalization(const NodeView& node);
Array relu(const NodeView& node);
Array clip(const NodeView& node);
Array softmax(const NodeView& node);

/// Both operands spread to one shape.
Array add(const NodeView& node);
Array sub(const NodeView& node);
Array mul(const NodeView& node);
Array div(const NodeView& node);

Array identity(const NodeView& node);
Array constant(const NodeView& node);
Array constant_of_shape(const NodeView& node);
Array cast(const NodeView& node);
Array shape(const NodeView& node);
Array size(const NodeView& node);
Array floor(const NodeView& node);

Array flatten(const NodeView& node);
Array reshape(const NodeView& node);
Array squeeze(const NodeView& node);
Array unsqueeze(const NodeView& node);
Array transpose(const NodeView& node);
Array gather(const NodeView& node);
Array slice(const NodeView& node);
Array concat(const NodeView& node);

}  // namespace airnn::oracle
