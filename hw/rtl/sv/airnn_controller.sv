// SPDX-License-Identifier: Apache-2.0
//
// Read Weight Controller: runs an input through the machine. It resets the weight buffers, loads
// the input map, and for each iteration reads the next two clusters, waits until they are placed,
// starts the computation and awaits the decision. Where sections lie it learns from the directory,
// which it fetches first. Pins and their rules: docs/rtl.md. States: docs/control_protocol.md.
module airnn_controller #(
    parameter int unsigned LAYERS   = 8,    // layers of the largest network
    parameter int unsigned LANES    = 16,   // words of a beat
    parameter int unsigned SECTIONS = 256,  // of the largest image
    parameter int unsigned BUFFER   = 8     // bursts of a stream buffer, a power of two
) (
    input  logic clk,
    input  logic rst_n,
    output logic busy,   // 0: an edge without inputs changes nothing
    output logic error,  // what was read, or what was placed, cannot be
    output logic [15:0] rtl_sections,  // constant: so many sections an image may have

    // Of each layer: columns of its weights.
    input logic [LAYERS*24-1:0]          cfg_columns,
    input logic [15:0]                   cfg_directory_bursts,  // of header and section table
    input logic [31:0]                   cfg_input_elements,    // of an input map
    input logic [$clog2(LANES+1)-1:0]    cfg_lanes,             // words of a beat, at most
    input logic [15:0]                   cfg_outstanding_reads,
    input logic [$clog2(BUFFER+1)-1:0]   cfg_buffer_bursts,
    input logic                          cfg_prefetch,          // 1: the next batch while computing
    input logic [15:0]                   cfg_max_iterations,    // 0: as many as the image has
    input logic                          boot,                  // 1 in cycle 0

    // Memory: bursts of 64 bytes.
    output logic                        mem_req_valid,
    input  logic                        mem_req_ready,
    output logic [39:0]                 mem_req_address,
    output logic [2+$clog2(BUFFER)-1:0] mem_req_tag,  // stream, and above it the place
    input  logic                        mem_rsp_valid,
    input  logic [2+$clog2(BUFFER)-1:0] mem_rsp_tag,
    input  logic [511:0]                mem_rsp_data,

    // Host -> a job.
    input  logic        in_jobs_valid,
    output logic        in_jobs_ready,
    input  logic [39:0] in_jobs_address,
    input  logic [31:0] in_jobs_input,
    // Buffer Address Calculation -> the batch is in the buffers.
    input  logic        in_placed_valid,
    output logic        in_placed_ready,
    input  logic [31:0] in_placed_words,
    // The last layer's output map arrives at Score Calculation.
    input  logic        in_outputs_valid,
    output logic        in_outputs_ready,
    // Score Calculation -> a decision.
    input  logic        in_decision_valid,
    output logic        in_decision_ready,
    input  logic [63:0] in_decision_score,
    input  logic [15:0] in_decision_prediction,
    input  logic        in_decision_terminate,

    // -> Buffer Address Calculation: a beat of words.
    output logic                       out_weights_valid,
    input  logic [2:0]                 out_weights_credit,
    output logic [$clog2(LANES+1)-1:0] out_weights_count,
    output logic                       out_weights_last,
    output logic [15:0]                out_weights_valid_from,
    output logic [LANES*32-1:0]        out_weights_value,
    output logic [LANES*24-1:0]        out_weights_column,
    output logic [LANES*16-1:0]        out_weights_row,
    output logic [LANES*8-1:0]         out_weights_layer,
    // -> input buffer: a burst of the input map.
    output logic         out_input_valid,
    input  logic [2:0]   out_input_credit,
    output logic [31:0]  out_input_first,
    output logic [4:0]   out_input_count,
    output logic [511:0] out_input_values,
    // -> input buffer and all layers at once: 0 reset, 1 configure, 2 start.
    output logic        out_control_valid,
    output logic [1:0]  out_control_kind,
    output logic [31:0] out_control_input,
    output logic [15:0] out_control_iteration,
    // -> layers: kernels of a group, before the configure that they belong to.
    output logic                       out_tables_valid,
    output logic [$clog2(LANES+1)-1:0] out_tables_count,
    output logic [7:0]                 out_tables_layer,
    output logic [LANES*16-1:0]        out_tables_kernel,
    output logic [LANES*16-1:0]        out_tables_group,
    output logic [LANES*16-1:0]        out_tables_block,  // the first, and in the upper half how many
    // -> Host.
    output logic        out_results_valid,
    input  logic [1:0]  out_results_credit,
    output logic [63:0] out_results_score,
    output logic [15:0] out_results_prediction,
    output logic [31:0] out_results_input,
    output logic [15:0] out_results_iterations,

    // What nobody else can know, in this cycle.
    output logic [9:0] tell_entered,  // states that begin, bit by bit in the order of the page
    output logic       tell_fetching, // a fetch goes on,
    output logic       tell_beat,     // makes a beat,
    output logic       tell_refused,  // cannot send one for want of a slot,
    output logic       tell_fetched,  // ends
    output logic       tell_settled   // in Finish: nothing of a prefetch is under way
);
  localparam logic [2:0] DIRECTORY = 0, BIASES = 1, INPUT_MAP = 2, BATCH = 3, TABLES = 4;
  localparam logic [3:0] BOOT = 0, IDLE = 1, RESET_BUFFERS = 2, LOAD_INPUT = 3, FETCH_BATCH = 4,
      DRAIN = 5, CONFIGURE = 6, COMPUTE = 7, AWAIT_DECISION = 8, FINISH = 9, OFF = 10;
  localparam logic [1:0] RESET_MESSAGE = 0, CONFIGURE_MESSAGE = 1, START_MESSAGE = 2;
  localparam int unsigned PLACE = $clog2(BUFFER);
  localparam int unsigned WEIGHT_SLOTS = 4, INPUT_SLOTS = 4, RESULT_SLOTS = 2;
  localparam int unsigned MOST = LANES > 16 ? LANES : 16;
  localparam int unsigned COUNT = $clog2(MOST + 1);

  logic [3:0]  state_r;
  logic        entered_r;          // it begins in this cycle
  logic        fetching_r;         // a fetch goes on
  logic [2:0]  kind_r;             // of that fetch, or of the next
  logic        early_r;            // it is the next iteration's, or was
  logic        closing_r;          // a batch that was given up is not closed
  logic        settled_r;
  logic [15:0] valid_from_r;       // of the batch's words
  logic [15:0] iteration_r;
  logic [15:0] fetch_iteration_r;  // of the next batch or tables
  logic [15:0] first_batch_r;      // section
  logic [31:0] words_r;            // sent, and not known to be placed
  logic [39:0] job_address_r;
  logic [31:0] job_input_r;
  logic [63:0] score_r;
  logic [15:0] prediction_r;
  logic [2:0]  weights_r, inputs_r;  // slots that are taken
  logic [1:0]  results_r;

  assign rtl_sections = 16'(SECTIONS);

  // ---- Slots of the receivers.

  logic [2:0] weights_held, inputs_held;
  logic [1:0] results_held;
  logic       weights_has_slot, inputs_has_slot, results_has_slot;
  assign weights_held = weights_r - out_weights_credit;
  assign inputs_held = inputs_r - out_input_credit;
  assign results_held = results_r - out_results_credit;
  assign weights_has_slot = weights_held < 3'(WEIGHT_SLOTS);
  assign inputs_has_slot = inputs_held < 3'(INPUT_SLOTS);
  assign results_has_slot = results_held < 2'(RESULT_SLOTS);

  // ---- Sections.

  logic [9*16-1:0] section_at, section_iteration;
  logic [9*4-1:0]  section_kind;
  logic [9*8-1:0]  section_layer;
  logic [9*34-1:0] section_address;
  logic [9*32-1:0] section_bytes;
  logic [2:0]      value_bytes, index_bytes;
  logic [15:0]     iterations;
  logic            directory_overflow;
  logic [15:0]     cursor, cursor_iteration;
  logic [3:0]      cursor_kind;
  logic            is_directory_beat;
  logic [MOST*32-1:0] values;

  airnn_directory #(
      .SECTIONS(SECTIONS),
      .PORTS(9)
  ) directory (
      .clk, .rst_n, .write(is_directory_beat), .data(values[511:0]), .value_bytes, .index_bytes,
      .iterations, .overflow(directory_overflow), .cursor, .cursor_kind, .cursor_iteration, .at(section_at), .kind(section_kind),
      .layer(section_layer), .iteration(section_iteration), .address(section_address),
      .bytes(section_bytes)
  );

  // ---- The states of this cycle: one may follow the other at once.

  logic [3:0]  state;
  logic [9:0]  entered;
  logic        begins;         // a fetch, in this cycle
  logic        begins_tables;  // likewise
  logic        has_tables;
  logic        is_placed;
  logic        nothing_in_flight;
  logic        gives_up;
  logic        takes_placed;
  logic        takes_decision;

  assign is_placed = words_r == '0 || in_placed_valid;
  // Behind a batch lie its tables, if it has any: there the assembler stands.
  assign has_tables = cursor_kind == 4'd8 && cursor_iteration == fetch_iteration_r;

  always_comb begin : follow
    state = state_r;
    entered = '0;
    begins = 1'b0;
    begins_tables = 1'b0;
    takes_placed = 1'b0;
    if (entered_r && state_r < OFF) entered[state_r] = 1'b1;
    if (state_r == OFF && boot) begin
      state = BOOT;
      entered[BOOT] = 1'b1;
      begins = 1'b1;
    end
    if (state_r == BOOT && !fetching_r && is_placed) begin
      takes_placed = 1'b1;
      state = IDLE;
      entered[IDLE] = 1'b1;
    end
    in_jobs_ready = state == IDLE;
    if (state == IDLE && in_jobs_valid) begin
      state = RESET_BUFFERS;
      entered[RESET_BUFFERS] = 1'b1;
    end
    if (state == LOAD_INPUT && !fetching_r && inputs_held == '0) begin
      state = FETCH_BATCH;
      entered[FETCH_BATCH] = 1'b1;
      begins = 1'b1;
    end
    in_outputs_ready = state == COMPUTE;
    if (state == COMPUTE && in_outputs_valid) begin
      state = AWAIT_DECISION;
      entered[AWAIT_DECISION] = 1'b1;
    end
    in_decision_ready = state == AWAIT_DECISION;
    takes_decision = state == AWAIT_DECISION && in_decision_valid;
    gives_up = takes_decision && in_decision_terminate && fetching_r;
    if (takes_decision && in_decision_terminate) begin
      state = FINISH;
      entered[FINISH] = 1'b1;
    end else if (takes_decision) begin
      state = FETCH_BATCH;
      entered[FETCH_BATCH] = 1'b1;
      begins = !early_r;
    end
    // An early fetch may have ended.
    if (state == FETCH_BATCH && !fetching_r && !begins) begin
      state = DRAIN;
      entered[DRAIN] = 1'b1;
    end
    if (state == DRAIN && is_placed) begin
      takes_placed = 1'b1;
      state = CONFIGURE;
      entered[CONFIGURE] = 1'b1;
      begins_tables = has_tables;
    end
    if (state == FINISH && nothing_in_flight && is_placed && !settled_r) takes_placed = 1'b1;
  end
  // Of a batch without words nothing is told.
  assign in_placed_ready = takes_placed && words_r != '0;

  logic [15:0] iteration;
  assign iteration = entered[RESET_BUFFERS] ? 16'd1 :
      takes_decision && !in_decision_terminate ? iteration_r + 16'd1 : iteration_r;

  // ---- Messages to the units, and the result.

  logic sends_reset, sends_configure, sends_start, batch_follows;
  logic settled, closes, sends_result;
  assign sends_reset = state == RESET_BUFFERS;
  assign sends_configure = state == CONFIGURE && !fetching_r && !begins_tables;
  assign sends_start = state_r == COMPUTE && entered_r;
  assign batch_follows = cfg_prefetch && iteration_r < iterations &&
      (cfg_max_iterations == '0 || iteration_r < cfg_max_iterations);
  assign out_control_valid = sends_reset || sends_configure || sends_start;
  assign out_control_kind = sends_start ? START_MESSAGE :
      sends_configure ? CONFIGURE_MESSAGE : RESET_MESSAGE;
  assign out_control_input = sends_reset ? in_jobs_input : job_input_r;
  assign out_control_iteration = iteration;

  assign closes = state == FINISH && (closing_r || (gives_up && words_r != '0)) && weights_has_slot;
  assign settled = settled_r || (nothing_in_flight && is_placed);
  assign sends_result = state == FINISH && settled && results_has_slot;
  assign out_results_valid = sends_result;
  assign out_results_score = takes_decision ? in_decision_score : score_r;
  assign out_results_prediction = takes_decision ? in_decision_prediction : prediction_r;
  assign out_results_input = job_input_r;
  assign out_results_iterations = iteration;

  // ---- The fetch.

  logic        runs;
  logic [2:0]  kind;
  logic        clear;
  logic [15:0] next_cursor;
  logic        is_ready, makes, is_empty, is_last, is_over, damaged, has_slot;
  logic [15:0] cursor_after;
  logic [33:0] direct_address;
  logic [25:0] direct_bursts;
  logic [31:0] direct_words;
  logic [COUNT-1:0] count;
  logic [31:0] first;
  logic        to_weights;

  assign runs = (fetching_r && !gives_up) || begins || begins_tables;
  assign kind = begins_tables ? TABLES : kind_r;
  assign direct_address = kind == DIRECTORY ? '0 : job_address_r[39:6];
  assign direct_words = kind == DIRECTORY ? {12'd0, cfg_directory_bursts, 4'd0} : cfg_input_elements;
  assign direct_bursts = 26'((direct_words + 32'd15) >> 4);
  assign to_weights = kind == BIASES || kind == BATCH;
  assign has_slot = kind == INPUT_MAP ? inputs_has_slot : !to_weights || weights_has_slot;
  assign makes = is_ready && has_slot;
  assign is_over = runs && (is_empty || (makes && is_last));
  assign is_directory_beat = makes && kind == DIRECTORY;
  // The next input begins with the first batch again.
  assign clear = is_over || sends_result;
  assign next_cursor = sends_result ? first_batch_r : kind == DIRECTORY ? 16'd1 : cursor_after;

  logic [3:0]      has_place, issue;
  logic [4*PLACE-1:0] place;
  logic [1:0]      stream;
  logic [33:0]     request;

  airnn_requester #(
      .IN_FLIGHT(PLACE + 3)
  ) requester (
      .clk, .rst_n, .clear, .next_cursor, .runs, .kind, .iteration(fetch_iteration_r),
      .direct_address, .direct_bursts, .cfg_outstanding_reads, .look_at(section_at[0+:4*16]),
      .entry_kind(section_kind[0+:4*4]), .entry_iteration(section_iteration[0+:4*16]),
      .entry_address(section_address[0+:4*34]), .entry_bytes(section_bytes[0+:4*32]), .has_place,
      .arrives(mem_rsp_valid), .nothing_in_flight, .valid(mem_req_valid), .ready(mem_req_ready),
      .stream, .address(request), .issue
  );
  assign mem_req_address = {request, 6'd0};
  assign mem_req_tag = {place[stream*PLACE+:PLACE], stream};

  logic [4*32-1:0] arrived, used, used_next;
  logic [LANES*32-1:0] columns;
  logic [(LANES+1)*64-1:0] rows, layers;

  for (genvar s = 0; s < 4; s++) begin : g_streams
    localparam int unsigned BYTES = s == 0 ? MOST * 4 : s == 1 ? LANES * 4 : (LANES + 1) * 8;
    logic [BYTES*8-1:0] window;
    airnn_stream_buffer #(
        .BUFFER(BUFFER),
        .BYTES(BYTES)
    ) buffer (
        .clk, .rst_n, .clear, .cfg_bursts(cfg_buffer_bursts), .issue(issue[s]),
        .has_place(has_place[s]), .place(place[s*PLACE+:PLACE]),
        .arrives(mem_rsp_valid && mem_rsp_tag[1:0] == 2'(s)), .arrives_at(mem_rsp_tag[2+:PLACE]),
        .arrives_data(mem_rsp_data), .arrived(arrived[s*32+:32]), .from(used[s*32+:32]), .window,
        .free(makes), .free_to(used_next[s*32+:32])
    );
    if (s == 0) assign values = window;
    if (s == 1) assign columns = window;
    if (s == 2) assign rows = window;
    if (s == 3) assign layers = window;
  end

  airnn_assembler #(
      .LAYERS(LAYERS),
      .LANES(LANES)
  ) assembler (
      .clk, .rst_n, .clear, .next_cursor, .cfg_columns, .cfg_lanes, .value_bytes, .index_bytes, .runs,
      .kind, .iteration(fetch_iteration_r), .direct_words, .look_at(section_at[4*16+:5*16]),
      .cursor, .cursor_kind, .cursor_iteration, .next_kind(section_kind[8*4+:4]),
      .next_iteration(section_iteration[8*16+:16]),
      .entry_layer(section_layer[4*8+:8]), .entry_bytes(section_bytes[4*32+:4*32]), .arrived, .used,
      .used_next, .values, .columns, .rows, .layers, .is_ready, .made(makes), .is_empty, .is_last,
      .damaged, .cursor_after, .count, .first, .word_value(out_weights_value),
      .word_column(out_weights_column), .word_row(out_weights_row), .word_layer(out_weights_layer),
      .table_layer(out_tables_layer), .table_kernel(out_tables_kernel),
      .table_group(out_tables_group), .table_block(out_tables_block)
  );

  logic [31:0] words;  // with those of this cycle
  assign words = (takes_placed ? '0 : words_r) + (makes && to_weights ? 32'(count) : '0);

  assign out_weights_valid = (makes && to_weights) || closes;
  assign out_weights_count = closes ? '0 : ($clog2(LANES+1))'(count);
  assign out_weights_last = closes || is_last;
  assign out_weights_valid_from = begins ? '0 : valid_from_r;
  assign out_input_valid = makes && kind == INPUT_MAP;
  assign out_input_first = first;
  assign out_input_count = 5'(count);
  assign out_input_values = values[511:0];
  assign out_tables_valid = makes && kind == TABLES;
  assign out_tables_count = ($clog2(LANES+1))'(count);

  logic unused;
  assign unused = &{1'b0, job_address_r, section_layer, section_address, section_bytes,
      section_kind, section_iteration};

  assign tell_entered = entered;
  assign tell_fetching = runs;
  assign tell_beat = makes;
  assign tell_refused = is_ready && !has_slot;
  assign tell_fetched = is_over;
  assign tell_settled = state == FINISH && settled;

  assign error = damaged || directory_overflow ||
      (in_placed_ready && in_placed_valid && in_placed_words != words_r);
  assign busy = entered != '0 || (mem_req_valid && mem_req_ready) || makes || is_over ||
      out_control_valid || closes || sends_result;

  always_ff @(posedge clk) begin
    if (!rst_n) begin
      state_r           <= OFF;
      entered_r         <= 1'b0;
      fetching_r        <= 1'b0;
      kind_r            <= DIRECTORY;
      early_r           <= 1'b0;
      closing_r         <= 1'b0;
      settled_r         <= 1'b0;
      valid_from_r      <= '0;
      iteration_r       <= '0;
      fetch_iteration_r <= '0;
      first_batch_r     <= '0;
      words_r           <= '0;
      job_address_r     <= '0;
      job_input_r       <= '0;
      score_r           <= '0;
      prediction_r      <= '0;
      weights_r         <= '0;
      inputs_r          <= '0;
      results_r         <= '0;
    end else begin
      state_r     <= state;
      entered_r   <= 1'b0;
      iteration_r <= iteration;
      words_r     <= words;
      weights_r   <= weights_held + 3'(out_weights_valid);
      inputs_r    <= inputs_held + 3'(out_input_valid);
      results_r   <= results_held + 2'(out_results_valid);
      settled_r   <= state == FINISH && settled && !sends_result;
      closing_r   <= (closing_r || (gives_up && words_r != '0)) && !closes;

      fetching_r <= runs && !is_over;
      kind_r     <= kind;
      if (is_over) begin
        valid_from_r <= '0;
        case (kind)
          DIRECTORY: begin
            kind_r     <= BIASES;
            fetching_r <= 1'b1;
          end
          BIASES: begin
            kind_r        <= INPUT_MAP;
            first_batch_r <= cursor_after;
          end
          default: kind_r <= BATCH;
        endcase
        if (state == FETCH_BATCH) begin
          state_r   <= DRAIN;
          entered_r <= 1'b1;
        end
      end

      if (in_jobs_ready && in_jobs_valid) begin
        job_address_r     <= in_jobs_address;
        job_input_r       <= in_jobs_input;
        fetch_iteration_r <= 16'd1;
      end
      if (takes_decision) begin
        score_r      <= in_decision_score;
        prediction_r <= in_decision_prediction;
      end
      if (state == DRAIN || state == CONFIGURE || sends_result) early_r <= 1'b0;

      if (sends_reset) begin
        state_r    <= LOAD_INPUT;
        entered_r  <= 1'b1;
        fetching_r <= 1'b1;
      end
      if (sends_configure) begin
        state_r   <= COMPUTE;
        entered_r <= 1'b1;
      end
      if (sends_start) begin
        fetch_iteration_r <= iteration_r + 16'd1;
        if (batch_follows) begin
          fetching_r   <= 1'b1;
          early_r      <= 1'b1;
          valid_from_r <= iteration_r + 16'd1;
        end
      end
      if (sends_result) begin
        state_r      <= IDLE;
        entered_r    <= 1'b1;
        kind_r       <= INPUT_MAP;
        valid_from_r <= '0;
      end
    end
  end
endmodule
