using System.Globalization;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Prints what the rounds measured: medians, and the median and range of the ratios within a round.</summary>
internal sealed class HeadReport(
    IReadOnlyList<HeadRound> rounds,
    IReadOnlyDictionary<LbfgsSettings, LossPoint> grid,
    IReadOnlyList<(HeadTarget Target, LbfgsSettings? Rival)> targets,
    string? pyTorch)
{
    private static readonly JsonSerializerOptions JsonOptions = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    internal void Print(bool isJson)
    {
        if (isJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(ToObject(), JsonOptions));
            return;
        }

        PrintCurves();
        Console.WriteLine();
        Line($"{"to a validation loss of",-58}{"loss",8}{"ours, s",10}{"LBFGS, s",10}{"ours / LBFGS",14}");
        foreach ((HeadTarget target, LbfgsSettings? rival) in targets)
        {
            double seconds = Report.Median(rounds.Select(round => round.SecondsTo(target)));
            Line($"{target.Name,-58}{target.Loss,8:0.0000}{seconds,10:0.00}{RivalColumns(target, rival)}");
        }

        PrintPyTorch();
    }

    private static string Range(IReadOnlyCollection<double> ratios) =>
        FormattableString.Invariant($"{Report.Median(ratios):0.00} ({ratios.Min():0.00} to {ratios.Max():0.00})");

    private static void Line(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private string RivalColumns(HeadTarget target, LbfgsSettings? rival) => rival is null
        ? "  LBFGS does not reach it"
        : FormattableString.Invariant($"{Report.Median(rounds.Select(round => round.Lbfgs[rival].Seconds)),10:0.00}  {Range(RatiosToLbfgs(target, rival))}   features {rival}");

    private void PrintCurves()
    {
        Console.WriteLine();
        Line($"seconds and validation loss after each epoch, round 1 of {rounds.Count}");
        IReadOnlyList<(string Name, LossCurve Curve)> curves =
        [
            .. rounds[0].Ours.Select(pair => ($"ours, {pair.Key}", pair.Value)),
            .. rounds[0].PyTorch.Select(pair => ($"PyTorch, {pair.Key} threads", pair.Value)),
        ];
        foreach ((string name, LossCurve curve) in curves)
        {
            IEnumerable<string> points = curve.Points.Select(point => FormattableString.Invariant($"{point.Seconds:0.00}:{point.ValidationLoss:0.0000}"));
            Line($"{name}: {string.Join(' ', points)}");
        }
    }

    private void PrintPyTorch()
    {
        Console.WriteLine();
        Line($"{"the whole training with our defaults",-58}{rounds[0].Ours["defaults"].Lowest,8:0.0000}{OursSeconds(),10:0.00}");
        foreach (int threads in rounds[0].PyTorch.Keys)
        {
            double[] seconds = [.. rounds.Select(round => round.PyTorch[threads].Seconds)];
            double[] ratios = [.. rounds.Select(round => round.Ours["defaults"].Seconds / round.PyTorch[threads].Seconds)];
            Line($"{$"the same in PyTorch, {threads} threads",-58}{rounds[0].PyTorch[threads].Lowest,8:0.0000}{Report.Median(seconds),10:0.00}  ours / PyTorch {Range(ratios)}");
        }
    }

    private double OursSeconds() => Report.Median(rounds.Select(round => round.Ours["defaults"].Seconds));

    private double[] RatiosToLbfgs(HeadTarget target, LbfgsSettings rival) =>
        [.. rounds.Select(round => round.SecondsTo(target) / round.Lbfgs[rival].Seconds)];

    private object ToObject() => new
    {
        rounds = rounds.Count,
        targets = targets.Select(pair => new
        {
            name = pair.Target.Name,
            validation_loss = pair.Target.Loss,
            ours_seconds = Report.Median(rounds.Select(round => round.SecondsTo(pair.Target))),
            lbfgs = pair.Rival?.ToString(),
            lbfgs_seconds = pair.Rival is { } rival ? Report.Median(rounds.Select(round => round.Lbfgs[rival].Seconds)) : (double?)null,
            ratios = pair.Rival is null ? [] : RatiosToLbfgs(pair.Target, pair.Rival),
        }),
        ours = rounds[0].Ours,
        pytorch_description = pyTorch,
        pytorch = rounds[0].PyTorch,
        ratios_to_pytorch = pyTorch is null ? [] : rounds.Select(round => round.Ours["defaults"].Seconds / round.PyTorchSeconds),
        lbfgs_grid = grid.Select(pair => new { settings = pair.Key.ToString(), pair.Value.Seconds, pair.Value.ValidationLoss }),
    };
}
