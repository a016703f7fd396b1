using Microsoft.Extensions.Time.Testing;
using Microsoft.ML.MobileNetV2.Serving;
using Microsoft.ML.MobileNetV2.Telemetry;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;

/// <summary>Is a classifier with a model file of its own, a clock that stands still, and a watch by hand.</summary>
internal sealed class ServedFile : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    internal ServedFile(bool start = true, Action<ImageClassifierServiceOptions>? configure = null)
    {
        Put(SavedModels.First);
        Options.Path = "model.zip";
        configure?.Invoke(Options);
        Instruments = new(Meters, Time);
        Classifier = new(new("parts", "Classifiers:Parts"), Options, new ModelSource(Options, _folder.Path), new(Time, Watches, Instruments, Log));
        if (start)
        {
            Classifier.Start();
        }
    }

    internal ServedClassifier Classifier { get; }

    internal ImageClassifierServiceOptions Options { get; } = new();

    internal FakeTimeProvider Time { get; } = new();

    internal ManualWatches Watches { get; } = new();

    internal ListLogger Log { get; } = new();

    internal TestMeters Meters { get; } = new();

    internal ServingInstruments Instruments { get; }

    internal string FilePath => _folder.PathOf("model.zip");

    internal int Generation => Classifier.Current!.Generation;

    /// <summary>Puts another file in the model's place, as a rename does: at once.</summary>
    internal void Put(string path)
    {
        string copy = _folder.PathOf("copy");
        File.Copy(path, copy);
        File.Move(copy, FilePath, overwrite: true);
    }

    internal void Put(ReadOnlySpan<byte> content) => File.WriteAllBytes(FilePath, content);

    internal void ReportAndWait()
    {
        Watches.Report();
        Time.Advance(Options.ReloadDelay);
    }

    /// <summary>Lets all attempts pass.</summary>
    internal void WaitForLastAttempt()
    {
        for (int attempt = 1; attempt < ModelReload.MostAttempts; attempt++)
        {
            Time.Advance(Options.ReloadDelay * (1 << attempt));
        }
    }

    public void Dispose()
    {
        Classifier.Dispose();
        Instruments.Dispose();
        Meters.Dispose();
        _folder.Dispose();
    }
}
