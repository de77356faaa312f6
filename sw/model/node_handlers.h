// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "sw/model/node_reader.h"

namespace airnn::graph {

// Each reads one ONNX operator and appends what it means. They throw ModelError naming the node.

void read_conv(NodeReader* node);
void read_gemm(NodeReader* node);
void read_matmul(NodeReader* node);

void read_max_pool(NodeReader* node);
void read_average_pool(NodeReader* node);
void read_global_average_pool(NodeReader* node);
void read_global_max_pool(NodeReader* node);
void read_pad(NodeReader* node);
void read_reduce_mean(NodeReader* node);

// Of two constants while reading; of a map and one value per channel; Add also of two maps.
void read_add(NodeReader* node);
void read_sub(NodeReader* node);
void read_mul(NodeReader* node);
void read_div(NodeReader* node);

void read_batch_normalization(NodeReader* node);
void read_relu(NodeReader* node);
void read_clip(NodeReader* node);
void read_softmax(NodeReader* node);

void read_constant(NodeReader* node);
void read_identity(NodeReader* node);
void read_dropout(NodeReader* node);  ///< at inference it does nothing
void read_flatten(NodeReader* node);
void read_reshape(NodeReader* node);
void read_squeeze(NodeReader* node);
void read_unsqueeze(NodeReader* node);
void read_transpose(NodeReader* node);

// What exporters write to compute shapes and pads; evaluated while reading, on constants of up to
// kMostComputed elements.
void read_shape(NodeReader* node);
void read_size(NodeReader* node);
void read_floor(NodeReader* node);
void read_constant_of_shape(NodeReader* node);
void read_cast(NodeReader* node);
void read_gather(NodeReader* node);
void read_slice(NodeReader* node);
void read_concat(NodeReader* node);

}  // namespace airnn::graph
