// SPDX-License-Identifier: Apache-2.0
//
// Buffer Address Calculation: finds the slot of every fetched word in the weight buffer of its
// layer, one beat per cycle, and acknowledges a batch when all its words are in the buffers. Pins
// and their rules: docs/rtl.md. Lane i of a field of W bits is [i*W +: W].
module airnn_addresses #(
    parameter int unsigned LAYERS  = 8,   // layers of the largest network
    parameter int unsigned LANES   = 16,  // words of a beat
    parameter int unsigned LATENCY = 2    // from taking a beat to its arrival at the layers
) (
    input  logic clk,
    input  logic rst_n,
    output logic busy,   // 0: an edge without inputs changes nothing
    output logic error,  // a word lies outside of its layer
    output logic [15:0] rtl_latency,
    output logic rtl_trains,  // no beat of a train is ever held up

    // Of each layer: slots of a row (0: it has no weights), rows, and words behind the last row.
    input logic [LAYERS*24-1:0] cfg_pitch,
    input logic [LAYERS*16-1:0] cfg_rows,
    input logic [LAYERS*32-1:0] cfg_table,

    // Read Weight Controller -> a beat of words.
    input  logic                       in_weights_valid,
    output logic                       in_weights_ready,
    input  logic [$clog2(LANES+1)-1:0] in_weights_count,
    input  logic                       in_weights_last,
    input  logic [15:0]                in_weights_valid_from,
    input  logic [LANES*32-1:0]        in_weights_value,
    input  logic [LANES*24-1:0]        in_weights_column,
    input  logic [LANES*16-1:0]        in_weights_row,
    input  logic [LANES*8-1:0]         in_weights_layer,

    // -> weight buffers: one stream per layer, which share the words.
    output logic [LAYERS-1:0]                   out_placed_valid,
    input  logic [LAYERS*$clog2(LATENCY+3)-1:0] out_placed_credit,
    output logic [$clog2(LANES+1)-1:0]          out_placed_count,
    output logic [15:0]                         out_placed_valid_from,
    output logic [LANES*32-1:0]                 out_placed_slot,
    output logic [LANES*32-1:0]                 out_placed_value,
    output logic [LANES*8-1:0]                  out_placed_layer,

    // -> Read Weight Controller.
    output logic        out_batch_placed_valid,
    input  logic [1:0]  out_batch_placed_credit,
    output logic [31:0] out_batch_placed_words
);
  localparam int unsigned SLOTS = LATENCY + 2;  // of each layer, at its weight buffer
  localparam int unsigned SLOT_BITS = $clog2(SLOTS + 1);
  localparam int unsigned COUNT_BITS = $clog2(LANES + 1);
  localparam int unsigned ACK_SLOTS = 2;
  // A beat on its way: valid of each layer, count, valid_from, and the lanes.
  localparam int unsigned BEAT_BITS = LAYERS + COUNT_BITS + 16 + LANES * (32 + 32 + 8);

  assign rtl_latency = 16'(LATENCY);
  assign rtl_trains = 1'b1;

  // ---- Where the words belong.

  logic [LANES-1:0]    is_word;    // the lane has a word
  logic [LANES-1:0]    is_inside;  // which lies in its layer
  logic [LAYERS-1:0]   needed;     // the beat has words of the layer
  logic [LANES*32-1:0] slots;

  for (genvar i = 0; i < LANES; i++) begin : g_lanes
    logic [31:0] layer;
    logic [23:0] column, pitch;
    logic [15:0] row, rows;
    logic [31:0] words_behind;
    assign layer = 32'(in_weights_layer[i*8+:8]);
    assign column = in_weights_column[i*24+:24];
    assign row = in_weights_row[i*16+:16];
    // Of a layer that there is not: no weights.
    assign pitch = layer < LAYERS ? cfg_pitch[layer*24+:24] : '0;
    assign rows = layer < LAYERS ? cfg_rows[layer*16+:16] : '0;
    assign words_behind = layer < LAYERS ? cfg_table[layer*32+:32] : '0;
    assign is_word[i] = i < 32'(in_weights_count);
    assign is_inside[i] = pitch != '0 &&
        (row < rows ? column < pitch : row == rows && 32'(column) < words_behind);
    assign slots[i*32+:32] = 32'(row) * 32'(pitch) + 32'(column);
  end

  always_comb begin : find_layers
    needed = '0;
    for (int unsigned l = 0; l < LAYERS; l++) begin
      for (int unsigned i = 0; i < LANES; i++) begin
        if (is_word[i] && 32'(in_weights_layer[i*8+:8]) == l) needed[l] = 1'b1;
      end
    end
  end

  // ---- Slots of the layers. A beat has its slots from the cycle on in which it is taken.

  logic [LAYERS*SLOT_BITS-1:0] taken_r;  // slots with words that the layer has not taken
  logic [LAYERS*SLOT_BITS-1:0] held;     // of these, without the credits of this cycle
  logic [LAYERS*SLOT_BITS-1:0] taken;    // with what is taken now
  logic                        has_room;
  logic                        take;
  logic                        is_drained;

  logic        ended_r;  // the last beat of the batch was taken, and is not acknowledged
  logic [31:0] words_r;

  assign in_weights_ready = has_room && !ended_r;
  assign take = in_weights_valid && in_weights_ready;
  assign error = in_weights_valid && (is_word & ~is_inside) != '0;

  always_comb begin : count_slots
    has_room = 1'b1;
    for (int unsigned l = 0; l < LAYERS; l++) begin
      held[l*SLOT_BITS+:SLOT_BITS] =
          taken_r[l*SLOT_BITS+:SLOT_BITS] - out_placed_credit[l*SLOT_BITS+:SLOT_BITS];
      if (needed[l] && held[l*SLOT_BITS+:SLOT_BITS] == SLOT_BITS'(SLOTS)) has_room = 1'b0;
    end
  end
  always_comb begin : take_slots
    for (int unsigned l = 0; l < LAYERS; l++) begin
      taken[l*SLOT_BITS+:SLOT_BITS] =
          held[l*SLOT_BITS+:SLOT_BITS] + SLOT_BITS'(take && needed[l]);
    end
  end
  assign is_drained = taken == '0;

  // ---- The pipeline: the layer's slot is its last stage, so there are LATENCY - 1 registers.

  logic [BEAT_BITS-1:0] beat;
  logic [BEAT_BITS-1:0] arriving;

  assign beat = {
    needed & {LAYERS{take}},
    in_weights_count,
    in_weights_valid_from,
    slots,
    in_weights_value,
    in_weights_layer
  };
  assign {out_placed_valid, out_placed_count, out_placed_valid_from, out_placed_slot,
          out_placed_value, out_placed_layer} = arriving;

  if (LATENCY == 1) begin : g_direct
    assign arriving = beat;
    assign busy = 1'b0;
  end else begin : g_stages
    logic [BEAT_BITS-1:0] stages_r[LATENCY-1];
    logic [LATENCY-2:0]   has_beat;
    always_ff @(posedge clk) begin
      stages_r[0] <= rst_n ? beat : '0;
      for (int unsigned s = 1; s < LATENCY - 1; s++) begin
        stages_r[s] <= rst_n ? stages_r[s-1] : '0;
      end
    end
    always_comb begin
      for (int unsigned s = 0; s < LATENCY - 1; s++) begin
        has_beat[s] = stages_r[s][BEAT_BITS-1-:LAYERS] != '0;
      end
    end
    assign arriving = stages_r[LATENCY-2];
    assign busy = has_beat != '0;
  end

  // ---- Acknowledgement: in the cycle in which the last slot of the batch is back.

  logic [1:0]  acks_r;  // acknowledgements that the controller has not taken
  logic [1:0]  acks;    // of these, without the credits of this cycle
  logic        ended;
  logic [31:0] words;

  assign acks = acks_r - out_batch_placed_credit;
  assign ended = ended_r || (take && in_weights_last);
  assign words = words_r + (take ? 32'(in_weights_count) : 32'd0);
  assign out_batch_placed_valid = ended && is_drained && acks < 2'(ACK_SLOTS);
  assign out_batch_placed_words = words;

  always_ff @(posedge clk) begin
    if (!rst_n) begin
      taken_r <= '0;
      ended_r <= 1'b0;
      words_r <= '0;
      acks_r  <= '0;
    end else begin
      taken_r <= taken;
      ended_r <= ended && !out_batch_placed_valid;
      words_r <= out_batch_placed_valid ? '0 : words;
      acks_r  <= acks + 2'(out_batch_placed_valid);
    end
  end
endmodule
