using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Telemetry;

/// <summary>Measures one prediction until it is disposed.</summary>
internal sealed class PredictionMeasurement(ServingInstruments instruments, string name, Activity? activity, long start) : IDisposable
{
    private Exception? _error;

    internal string Name => name;

    internal long Start => start;

    /// <summary>Notes why there is no prediction; returns false, so that a filter of exceptions can call it.</summary>
    internal bool Note(Exception error)
    {
        _error = error;
        return false;
    }

    public void Dispose()
    {
        instruments.End(this, _error);
        if (activity is null)
        {
            return;
        }

        activity.SetTag(ServingInstruments.OutcomeTag, Outcome.Of(_error));
        if (_error is not null)
        {
            activity.SetTag(ServingInstruments.ErrorTag, _error.GetType().FullName).SetStatus(ActivityStatusCode.Error, _error.Message);
        }

        activity.Dispose();
    }
}
