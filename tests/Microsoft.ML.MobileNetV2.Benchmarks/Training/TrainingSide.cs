using System.ComponentModel;
using System.Diagnostics;
using System.Text.Json;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Represents a process that runs training steps when asked to, and waits at its input meanwhile.</summary>
internal sealed class TrainingSide : IDisposable
{
    private readonly Process _process;

    private TrainingSide(Process process) => _process = process;

    /// <summary>Gets what the process says of itself.</summary>
    internal string Description { get; private set; } = string.Empty;

    /// <summary>Gets the most memory that the process has had.</summary>
    internal double PeakMegabytes { get; private set; }

    /// <summary>Starts a process; returns null, and says why, where it does not work.</summary>
    internal static TrainingSide? Start(string program, IEnumerable<string> arguments, Action<string> log)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            TrainingSide side = new(Process.Start(start)!);
            if (side.Read() is { } answer)
            {
                side.Description = answer.GetProperty("description").GetString()!;
                return side;
            }

            log($"{program} is left out: {side._process.StandardError.ReadToEnd().Trim().Split('\n')[^1]}");
            side.Dispose();
        }
        catch (Win32Exception e)
        {
            log($"{program} is left out: {e.Message}");
        }

        return null;
    }

    /// <summary>Runs some steps and returns the median of their milliseconds.</summary>
    internal double Run(int steps)
    {
        _process.StandardInput.WriteLine(steps);
        _process.StandardInput.Flush();
        JsonElement answer = Read() ?? throw new InvalidOperationException($"A side ended: {_process.StandardError.ReadToEnd()}");
        PeakMegabytes = answer.GetProperty("peak_megabytes").GetDouble();
        return Report.Median(answer.GetProperty("milliseconds").EnumerateArray().Select(element => element.GetDouble()));
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private JsonElement? Read() => _process.StandardOutput.ReadLine() is { } line ? JsonSerializer.Deserialize<JsonElement>(line) : null;
}
