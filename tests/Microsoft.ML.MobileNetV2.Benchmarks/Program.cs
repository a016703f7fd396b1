using BenchmarkDotNet.Running;
using Microsoft.ML.MobileNetV2.Benchmarks;

const string Usage = """
    Measures Microsoft.ML.MobileNetV2. Build with -c Release.

    pipeline --images <folder> [--width 1.0] [--size 224] [--rounds 5] [--threads N] [--json]
        Whole pipelines from file to features, in alternating rounds: ours, ours after mlContext.Model.Load, the stock ML.NET pipeline for the same
        network, and ONNX Runtime alone with pixels in memory. Prints images a second and ratios of the medians.
    latency --images <folder> [--width 1.0] [--size 224] [--json]
        One image at a time: the first one after the start, then median and 99th percentile.
    memory --images <folder> --rows <count> [--pipeline ours|stock] [--json]
        Peak resident memory of this process after that many rows.
    head [--rows 10000] [--validation-rows 2000] [--features 1280] [--classes 100] [--epochs 20] [--batch 64] [--rounds 5] [--python <interpreter>] [--json]
        Training of a softmax layer on drawn features: ours, ML.NET's LbfgsMaximumEntropy (first a grid of its options, some minutes) and the same
        loop in PyTorch, where Python has it; in alternating rounds. Prints the time to the same validation loss and ratios.
    network [--network 1.0/224,0.35/96] [--threads 1,2] [--rounds 7] [--profile] [--single] [--json]
        The library's own kernels against ONNX Runtime: features from pixels in memory, one image a thread, in alternating rounds. --profile adds the time,
        GFLOP/s and bytes of each layer. Then one image at a time on several threads against one thread; --single does that alone.
    training [--training 1.0/224/16,0.35/96/64] [--threads N] [--rounds 5] [--python <interpreter>] [--json]
        Training steps of the whole network, batch norm trained, SGD with momentum: ours and PyTorch's, where Python has it, in alternating rounds.
        A case is width/size/batch; a fourth number is the first block that is trained. Prints images a second, ratios, and the peak of memory.
    networks --reference <folder> [--rounds 5] [--full-decoding]
        The table for choosing a network and its input size: accuracy of the trainer with default options on clothing and signs, of the network's own
        classes on ImageNet samples, milliseconds of one image, images a second. The folder is that of the reference data.
    tuning --reference <folder> [--seeds 3] [--sets signs,clothing] [--weights bundled,unfolded] [--blocks 5] [--size N] [--rate R] [--epochs N] [--average 0] [--no-validation] [--verbose]
        Accuracy of the frozen backbone and of fine-tuning with default options, mean and spread over seeds, and the seconds of each.
    distillation --reference <folder> [--seeds 3] [--first-seed 1] [--sets clothing] [--temperature 2] [--epochs N] [--teacher-epochs N]
        Accuracy of a network of width 0.35 that learns from labels, and without any from a fine-tuned one of width 1.0; head alone and fine-tuned.
    web-service [--requests 2000] [--parallel 8] [--rounds 3] [--json]
        The sample of a web service in a process of its own, under a mix of good and bad uploads: six of eight are drawings, one is cut off, one is text.
        Prints wrong answers, milliseconds of an answer, requests a second, and the memory of the service before and after each round.
    exports --reference <folder> [--weights <file>] [--output <folder>] [--json]
        ONNX files of pipelines against the pipelines, on 200 photos: size, largest difference of a score, other best classes; with weights of 32 and 16
        bits. --output keeps files, pixels and scores for eng/run-exports-in-node.sh.
    kernels [BenchmarkDotNet's arguments]
        Decoding, resizing and the matrix product in isolation.
    soak [--minutes 30] [--threads 16] [--seed 1]
        No measurement of speed: threads over random compositions of ML.NET's steps with ours, with random disposal and cancellation; each row is compared
        with the single image's output. Prints wrong rows, unexpected exceptions, handles and memory each minute; exits with 1 where it found a fault.
    serving --url <address> --model <m.zip> --images <folder> [--seconds 60] [--clients 8] [--pid N]
        Sends good, bad, huge (25 MB) and aborted uploads to a running "mobilenetv2 serve" of the model. Prints answers by status, wrong ones and percentiles,
        with --pid also memory and handles of the server every 10 s; exits with 1 where an answer was wrong or the server failed.

    --width   width multiplier of a network with random weights (speed does not depend on their values)
    --threads degree of parallelism of our pipeline; the default is the number of processors
    """;

try
{
    Dictionary<string, Action<BenchmarkArguments>> commands = new()
    {
        ["pipeline"] = PipelineBenchmark.Run,
        ["latency"] = LatencyBenchmark.Run,
        ["memory"] = MemoryBenchmark.Run,
        ["head"] = HeadBenchmark.Run,
        ["network"] = NetworkBenchmark.Run,
        ["training"] = TrainingBenchmark.Run,
        ["tuning"] = TuningBenchmark.Run,
        ["distillation"] = DistillationBenchmark.Run,
        ["networks"] = ChoiceBenchmark.Run,
        ["web-service"] = arguments => WebServiceBenchmark.RunAsync(arguments).GetAwaiter().GetResult(),
        ["exports"] = ExportBenchmark.Run,
        ["kernels"] = _ => BenchmarkSwitcher.FromAssembly(typeof(PipelineBenchmark).Assembly).Run([.. args.Skip(1)]),
        ["soak"] = SoakBenchmark.Run,
        ["serving"] = ServingBenchmark.Run,
        ["--help"] = _ => Console.WriteLine(Usage),
    };
    if (!commands.TryGetValue(args.FirstOrDefault() ?? string.Empty, out Action<BenchmarkArguments>? run))
    {
        Console.Error.WriteLine(Usage);
        return 1;
    }

    run(new(args));
    return Environment.ExitCode;
}
catch (Exception e) when (e is ArgumentException or DirectoryNotFoundException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
