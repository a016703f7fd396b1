using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Trains in a Python process that stays warm between the rounds and waits at its input meanwhile.</summary>
internal sealed class PyTorchSide : IDisposable
{
    private readonly Process _process;
    private readonly string _dataPath;

    private PyTorchSide(Process process, string dataPath)
    {
        _process = process;
        _dataPath = dataPath;
    }

    /// <summary>Gets what PyTorch says of itself.</summary>
    internal string Description { get; private set; } = string.Empty;

    /// <summary>Starts Python; returns null, and says why, where it does not work.</summary>
    internal static PyTorchSide? Start(string python, HeadRows training, HeadRows validation, HeadTrainerOptions options, Action<string> log)
    {
        string dataPath = Path.GetTempFileName();
        Write(dataPath, training, validation);
        try
        {
            PyTorchSide side = new(Process.Start(CreateStartInfo(python, dataPath, options))!, dataPath);
            side.Description = side._process.StandardOutput.ReadLine() ?? string.Empty;
            if (side.Description.Length > 0)
            {
                log($"PyTorch: {side.Description}");
                return side;
            }

            log($"PyTorch is left out: {side._process.StandardError.ReadToEnd().Trim().Split('\n')[^1]} (--python names another interpreter)");
            side.Dispose();
        }
        catch (Win32Exception e)
        {
            log($"PyTorch is left out: {e.Message} (--python names another interpreter)");
            File.Delete(dataPath);
        }

        return null;
    }

    internal LossCurve Train(int threadCount)
    {
        _process.StandardInput.WriteLine(threadCount.ToString(CultureInfo.InvariantCulture));
        _process.StandardInput.Flush();
        string line = _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException($"Python ended: {_process.StandardError.ReadToEnd()}");
        using var answer = JsonDocument.Parse(line);
        return new([.. Numbers("seconds").Zip(Numbers("losses"), (seconds, loss) => new LossPoint(seconds, loss))]);

        IEnumerable<double> Numbers(string name) => answer.RootElement.GetProperty(name).EnumerateArray().Select(element => element.GetDouble());
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(_dataPath);
    }

    private static ProcessStartInfo CreateStartInfo(string python, string dataPath, HeadTrainerOptions options)
    {
        var optimizer = (AdamOptions)options.Optimizer;
        FormattableString[] arguments =
        [
            $"{Path.Combine(AppContext.BaseDirectory, "pytorch_head.py")}", $"--data", $"{dataPath}", $"--epochs", $"{options.Epochs}",
            $"--batch", $"{options.BatchSize}", $"--learning-rate", $"{optimizer.LearningRate}", $"--weight-decay", $"{optimizer.WeightDecay}",
        ];
        return new(python, arguments.Select(FormattableString.Invariant))
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
    }

    private static void Write(string path, params HeadRows[] parts)
    {
        using BinaryWriter writer = new(File.Create(path));
        foreach (int count in new[] { parts[0].Classes.Length, parts[1].Classes.Length, parts[0].FeatureCount, parts[0].ClassCount })
        {
            writer.Write(count);
        }

        foreach (HeadRows rows in parts)
        {
            writer.Write(MemoryMarshal.AsBytes<float>(rows.Features));
            writer.Write(MemoryMarshal.AsBytes<int>(rows.Classes));
        }
    }
}
