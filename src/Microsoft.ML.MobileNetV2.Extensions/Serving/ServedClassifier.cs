using Microsoft.Extensions.Options;
using Microsoft.ML.MobileNetV2.Telemetry;
using Microsoft.ML.MobileNetV2.Watching;

namespace Microsoft.ML.MobileNetV2.Serving;

/// <summary>Classifies with a model that is replaced when its file changes.</summary>
internal sealed class ServedClassifier(ClassifierName name, ImageClassifierServiceOptions options, ModelSource source, ServingContext context)
    : IImageClassifier, IDisposable
{
    private readonly ModelSlot _slot = new();
    private readonly Lock _starting = new();
    private ModelReload? _reload;
    private Exception? _reloadError;

    internal ModelSource Source => source;

    /// <summary>Gets the model in use; null before the start.</summary>
    internal ServedModel? Current => _slot.Current;

    /// <summary>Gets why the file as it is now cannot be loaded, so that an older model is in use; null where that is not so.</summary>
    internal Exception? ReloadError => Volatile.Read(ref _reloadError);

    public ImagePrediction Predict(ImageSource image, int topK = 5)
    {
        ArgumentNullException.ThrowIfNull(image);
        ServedModel model = Use();
        using PredictionMeasurement measurement = context.Instruments.Begin(name.Name, model.Generation);
        try
        {
            return model.Classifier.Predict(image, topK);
        }
        catch (Exception e) when (measurement.Note(e))
        {
            throw;
        }
        finally
        {
            model.EndUse();
        }
    }

    public async Task<ImagePrediction> PredictAsync(ImageSource image, int topK = 5, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ServedModel model = Use();
        using PredictionMeasurement measurement = context.Instruments.Begin(name.Name, model.Generation);
        try
        {
            return await model.Classifier.PredictAsync(image, topK, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (measurement.Note(e))
        {
            throw;
        }
        finally
        {
            model.EndUse();
        }
    }

    public ImageClassifierLease Lease() => new(Use());

    /// <summary>Loads the first model and watches its file; does nothing after it succeeded.</summary>
    /// <exception cref="OptionsValidationException">The options of the classifier are out of range.</exception>
    /// <exception cref="InvalidOperationException">The model cannot be loaded, or its file cannot be watched.</exception>
    internal void Start()
    {
        lock (_starting)
        {
            if (_slot.Current is null)
            {
                FileStamp? before = StampOfFile();
                Serve(LoadFirst());
                Watch(before);
            }
        }
    }

    public void Dispose()
    {
        lock (_starting)
        {
            _reload?.Dispose();
            _slot.Dispose();
        }
    }

    private ServedModel Use()
    {
        if (_slot.Use() is { } model)
        {
            return model;
        }

        Start();
        return _slot.Use()!;
    }

    private FileStamp? StampOfFile() => source.FilePath is { } path ? FileStamp.Of(path) : null;

    private ImageClassifier LoadFirst()
    {
        try
        {
            return source.Load();
        }
        catch (ArgumentException e)
        {
            throw new OptionsValidationException(name.Name, typeof(ImageClassifierServiceOptions), [$"{name}: {e.Message}"]);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            throw new InvalidOperationException($"{name}: {source} cannot be loaded: {e.Message}", e);
        }
    }

    private void Watch(FileStamp? before)
    {
        if (source.FilePath is not { } path || !options.ReloadOnChange)
        {
            return;
        }

        _reload = StartReload(path);
        if (FileStamp.Of(path) != before)
        {
            _reload.OnChange();
        }
    }

    private ModelReload StartReload(string path)
    {
        try
        {
            return new(path, options, context.Watches, context.Time, TryReload);
        }
        catch (IOException e)
        {
            throw new InvalidOperationException(
                $"{name}: {source} cannot be watched: {e.Message} Set {nameof(options.PollingInterval)}, or {nameof(options.ReloadOnChange)} to false.", e);
        }
    }

    private bool TryReload(int attempt)
    {
        try
        {
            Serve(source.Load());
            Volatile.Write(ref _reloadError, null);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            NoteFailure(e, attempt);
            return false;
        }
    }

    private void NoteFailure(Exception error, int attempt)
    {
        if (attempt < ModelReload.MostAttempts)
        {
            context.Logger.AttemptFailed(error, name.Title, source.ToString(), attempt, ModelReload.MostAttempts);
            return;
        }

        context.Logger.ReloadFailed(error, name.Title, source.ToString(), _slot.Current!.Generation);
        context.Instruments.LoadFailed(name.Name, error);
        Volatile.Write(ref _reloadError, error);
    }

    private void Serve(ImageClassifier classifier)
    {
        ServedModel model = _slot.Replace(classifier, context.Time.GetUtcNow());
        context.Instruments.Loaded(name.Name, model.Generation);
        context.Logger.Loaded(name.Title, model.Generation, source.ToString(), classifier.Classes.Count);
    }
}
