namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Compares the training of a softmax layer: ours, ML.NET's LbfgsMaximumEntropy at its best options, and the same loop in PyTorch.</summary>
internal sealed class HeadBenchmark
{
    /// <summary>How much worse than the lowest loss that both sides reach the second target is: the last steps to a minimum take long.</summary>
    private const double Slack = 1.01;

    private readonly BenchmarkArguments _arguments;
    private readonly HeadRows _training;
    private readonly HeadRows _validation;
    private readonly HeadTrainerSide _ours;
    private readonly LbfgsSearch _search;
    private readonly LbfgsSide _lbfgs;
    private readonly Dictionary<string, HeadTrainerOptions> _options;

    private HeadBenchmark(BenchmarkArguments arguments)
    {
        _arguments = arguments;
        FeatureGenerator generator = new(arguments.Number("--features", 1280), arguments.Number("--classes", 100));
        _training = generator.Create(arguments.Number("--rows", 10_000), 0);
        _validation = generator.Create(arguments.Number("--validation-rows", 2_000), 1);
        _ours = new(_training, _validation);
        _lbfgs = new(_training, _validation);
        _search = new(_lbfgs, Log);
        _options = new()
        {
            ["defaults"] = CreateOptions(new AdamOptions(), 0),
            ["L2 0.0005, learning rate 0.002, beta2 0.95"] = CreateOptions(new AdamOptions { LearningRate = 0.002, WeightDecay = 0, Beta2 = 0.95 }, 0.0005f),
        };
    }

    internal static void Run(BenchmarkArguments arguments) => new HeadBenchmark(arguments).Run();

    private void Run()
    {
        using PyTorchSide? pyTorch = _arguments.Pythons
            .Select(python => PyTorchSide.Start(python, _training, _validation, _options["defaults"], Log))
            .FirstOrDefault(side => side is not null);
        foreach (HeadTrainerOptions options in _options.Values)
        {
            _ours.Train(options); // Compiles and warms up.
        }

        Dictionary<string, LossCurve> curves = _options.ToDictionary(pair => pair.Key, pair => _ours.Train(pair.Value));
        foreach ((string name, LossCurve curve) in curves)
        {
            Log(FormattableString.Invariant($"ours, {name}: lowest validation loss {curve.Lowest:0.0000}, {curve.Seconds:0.00} s"));
        }

        _search.RunGrid();
        double both = Math.Max(curves.Values.Min(curve => curve.Lowest), _search.LowestLoss);
        HeadTarget[] targets =
        [
            new("the lowest loss that both reach", both, IsWholeRun: false),
            new("1 % above it", Slack * both, IsWholeRun: false),
            new("what our defaults end with, in all their epochs", curves["defaults"].Lowest, IsWholeRun: true),
        ];
        LbfgsSettings?[] rivals = [.. targets.Select(target => _search.FindFastest(target.Loss))];
        RunRounds(targets, rivals, pyTorch);
    }

    private void RunRounds(HeadTarget[] targets, LbfgsSettings?[] rivals, PyTorchSide? pyTorch)
    {
        int[] threadCounts = pyTorch is null ? [] : [.. new[] { 1, Environment.ProcessorCount }.Distinct()];
        List<HeadRound> rounds = [];
        for (int i = 0; i < _arguments.Number("--rounds", 5); i++)
        {
            rounds.Add(new(
                _options.ToDictionary(pair => pair.Key, pair => _ours.Train(pair.Value)),
                rivals.OfType<LbfgsSettings>().Distinct().ToDictionary(settings => settings, _lbfgs.Train),
                threadCounts.ToDictionary(threads => threads, threads => pyTorch!.Train(threads))));
        }

        HeadReport report = new(rounds, _search.Runs, [.. targets.Zip(rivals)], pyTorch?.Description);
        report.Print(_arguments.IsJson);
    }

    private HeadTrainerOptions CreateOptions(OptimizerOptions optimizer, float penalty) => new()
    {
        Epochs = _arguments.Number("--epochs", 20),
        BatchSize = _arguments.Number("--batch", 64),
        EarlyStopping = null,
        Optimizer = optimizer,
        Layers = [new() { L2 = penalty }],
    };

    private void Log(string line) => (_arguments.IsJson ? Console.Error : Console.Out).WriteLine(line);
}
