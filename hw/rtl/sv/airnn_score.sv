// SPDX-License-Identifier: Apache-2.0
//
// Score Calculation: the margin between the two most likely classes, by softmax or of the outputs
// themselves, and whether the input ends. One class per cycle, two reads of the table per cycle, one
// bit of the reciprocal per cycle. Pins and their rules: docs/rtl.md; every bit: docs/numbers.md.
// Class i of a field of W bits is [i*W +: W].
module airnn_score #(
    parameter int unsigned CLASSES = 10,
    parameter int unsigned SOFTMAX = 1   // 0: the score is the margin of the outputs
) (
    input  logic clk,
    input  logic rst_n,
    output logic busy,  // 0: an edge without inputs changes nothing
    output logic error,
    output logic [15:0] rtl_latency,  // from taking the outputs to the decision
    output logic        rtl_softmax,

    input logic [63:0] cfg_threshold,
    input logic [15:0] cfg_min_iterations,
    input logic [15:0] cfg_iterations,  // the last always terminates
    input logic [5:0]  cfg_shift,       // fraction bits of the outputs + 4

    // Last layer -> its outputs.
    input  logic                  in_outputs_valid,
    output logic                  in_outputs_ready,
    input  logic [CLASSES*32-1:0] in_outputs_values,
    input  logic [31:0]           in_outputs_input,
    input  logic [15:0]           in_outputs_iteration,

    // -> Read Weight Controller, which has one slot.
    output logic        out_decision_valid,
    input  logic        out_decision_credit,
    output logic [63:0] out_decision_score,
    output logic [15:0] out_decision_prediction,
    output logic        out_decision_terminate,
    output logic [31:0] out_decision_input,
    output logic [15:0] out_decision_iteration
);
  localparam int unsigned DIVIDE_CYCLES = 32;
  // Taking, the largest of all classes, their powers through three stages, the reciprocal, two
  // probabilities, and sending.
  localparam int unsigned LATENCY =
      SOFTMAX != 0 ? 2 * CLASSES + 2 + DIVIDE_CYCLES + 2 + 2 : CLASSES + 2;
  localparam int unsigned SUM_BITS = 32 + $clog2(CLASSES + 1);
  localparam logic [30:0] LOG2_E = 31'd1549082005;  // 30 fraction bits

  assign rtl_latency = 16'(LATENCY);
  assign rtl_softmax = SOFTMAX != 0;
  assign error = 1'b0;

  typedef enum logic [2:0] {
    IDLE,
    LARGEST,
    POWERS,
    DIVIDE,
    FIRST,
    SECOND,
    SEND
  } state_t;

  state_t state;
  logic [15:0] index;  // class, or bit of the reciprocal
  logic        slot_is_free;
  logic        takes;

  assign busy = state != IDLE;
  assign in_outputs_ready = state == IDLE && (slot_is_free || out_decision_credit);
  assign takes = in_outputs_valid && in_outputs_ready;

  // ---- The outputs go round, one per cycle.

  logic [CLASSES*32-1:0] values;
  logic [CLASSES*32-1:0] rotated;
  if (CLASSES == 1) begin : g_one
    assign rotated = values;
  end else begin : g_many
    assign rotated = {values[31:0], values[CLASSES*32-1:32]};
  end
  logic signed [31:0] value, largest, second_largest, next_second;
  logic is_larger, is_second, is_last_class;
  assign value = signed'(values[31:0]);
  assign is_larger = index == '0 || value > largest;
  assign is_second = index == 16'd1 || value > second_largest;
  assign next_second = is_second ? value : second_largest;
  assign is_last_class = index == 16'(CLASSES - 1);

  // ---- Powers: the exponent, the table, interpolation and sum.

  logic        exponent_valid, entry_valid;
  logic [62:0] exponent;
  logic [31:0] power_here, power_next, entry, step;
  logic [15:0] rest;
  logic [5:0]  whole;
  logic        is_zero;
  logic [31:0] mantissa, rounded, power;
  /* verilator lint_off UNUSEDSIGNAL */
  logic [47:0] interpolated;  // rounded to its upper half
  /* verilator lint_on UNUSEDSIGNAL */
  logic [31:0] below;
  logic [62:0] product;

  assign below = 32'(33'(largest) - 33'(value));  // not negative: at most 2^32 - 1
  assign product = 63'(below) * 63'(LOG2_E);
  airnn_power_table u_here (
      .index({1'b0, exponent[25:16]}),
      .power(power_here)
  );
  airnn_power_table u_next (
      .index({1'b0, exponent[25:16]} + 11'd1),
      .power(power_next)
  );
  assign interpolated = 48'(step) * 48'(rest) + 48'h8000;
  assign mantissa = entry - interpolated[47:16];
  assign rounded = whole == '0 ? '0 : 32'(33'h1 << (whole - 6'd1));
  assign power = is_zero ? '0 : 32'((33'(mantissa) + 33'(rounded)) >> whole);

  logic [31:0]         first_power, second_power;
  logic [SUM_BITS-1:0] sum;
  logic [15:0]         added;

  // ---- The reciprocal 2^62 / sum, bit by bit. The sum is at least 2^31, so 31 bits of it are known.

  logic [SUM_BITS-1:0] remainder, difference;
  logic [SUM_BITS:0]   doubled;
  logic [31:0]       reciprocal;
  logic              fits;
  assign doubled = {remainder, 1'b0};
  assign difference = SUM_BITS'(doubled - {1'b0, sum});
  assign fits = doubled >= {1'b0, sum};

  // ---- A probability.

  logic [31:0] scaled_power;
  /* verilator lint_off UNUSEDSIGNAL */
  logic [63:0] scaled;  // rounded to 31 fraction bits
  /* verilator lint_on UNUSEDSIGNAL */
  logic [32:0] probability;
  assign scaled_power = state == FIRST ? first_power : second_power;
  assign scaled = 64'(scaled_power) * 64'(reciprocal) + 64'h4000_0000;
  assign probability = scaled[63:31] > 33'h7fff_ffff ? 33'h7fff_ffff : scaled[63:31];

  logic signed [63:0] score;
  logic [15:0] prediction;
  logic        is_confident;
  assign is_confident =
      score >= signed'(cfg_threshold) && out_decision_iteration >= cfg_min_iterations;

  assign out_decision_valid = state == SEND;
  assign out_decision_score = score;
  assign out_decision_prediction = prediction;
  assign out_decision_terminate = is_confident || out_decision_iteration >= cfg_iterations;

  always_ff @(posedge clk) begin
    if (!rst_n) begin
      state <= IDLE;
      index <= '0;
      slot_is_free <= 1'b1;
      exponent_valid <= 1'b0;
      entry_valid <= 1'b0;
    end else begin
      slot_is_free <= (slot_is_free || out_decision_credit) && !takes;
      exponent_valid <= state == POWERS && index < 16'(CLASSES);
      entry_valid <= exponent_valid;
      index <= index + 16'd1;
      case (state)
        IDLE: begin
          index <= '0;
          if (takes) state <= LARGEST;
        end
        LARGEST: begin
          if (is_last_class) begin
            index <= '0;
            state <= SOFTMAX != 0 ? POWERS : SEND;
          end
        end
        POWERS: begin
          if (entry_valid && added == 16'(CLASSES - 1)) begin
            index <= '0;
            state <= DIVIDE;
          end
        end
        DIVIDE: if (index == 16'(DIVIDE_CYCLES - 1)) state <= FIRST;
        FIRST: state <= SECOND;
        SECOND: state <= SEND;
        default: state <= IDLE;
      endcase
    end
  end

  always_ff @(posedge clk) begin
    if (takes) begin
      values <= in_outputs_values;
      out_decision_input <= in_outputs_input;
      out_decision_iteration <= in_outputs_iteration;
    end
    if (state == LARGEST || state == POWERS) begin
      values <= rotated;
    end
    if (state == LARGEST) begin
      if (is_larger) begin
        largest <= value;
        second_largest <= largest;
        prediction <= index;
      end else begin
        second_largest <= next_second;
      end
      // What this class makes of it.
      if (CLASSES == 1) score <= 64'(value);
      else if (is_larger) score <= 64'(value) - 64'(largest);
      else score <= 64'(largest) - 64'(next_second);
    end
    if (state == LARGEST) begin
      sum <= '0;
      added <= '0;
      first_power <= '0;
      second_power <= '0;
    end
    exponent <= product >> cfg_shift;
    entry <= power_here;
    step <= power_here - power_next;
    rest <= exponent[15:0];
    whole <= exponent[31:26];
    is_zero <= exponent[62:26] > 37'd32;
    if (entry_valid) begin
      added <= added + 16'd1;
      sum <= sum + SUM_BITS'(power);
      if (power > first_power) begin
        first_power <= power;
        second_power <= first_power;
      end else if (power > second_power) begin
        second_power <= power;
      end
    end
    if (state == POWERS) begin
      remainder <= SUM_BITS'(1) << 30;
    end
    if (state == DIVIDE) begin
      remainder <= fits ? difference : doubled[SUM_BITS-1:0];
      reciprocal <= {reciprocal[30:0], fits};
    end
    if (state == FIRST) score <= 64'(probability);
    if (state == SECOND && CLASSES > 1) score <= score - 64'(probability);
  end
endmodule
