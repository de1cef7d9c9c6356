package org.pyparallel.interpreter.graalpy;

import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;

/// Tells engines of [Safepoints]; named in `META-INF/services`.
@TruffleInstrument.Registration(
    id = Safepoints.ID,
    name = "pyparallel safepoints",
    services = Safepoints.Access.class)
public final class SafepointsProvider extends TruffleInstrumentProvider {
  @Override
  protected String getInstrumentClassName() {
    return Safepoints.class.getName();
  }

  @Override
  protected Object create() {
    return new Safepoints();
  }

  @Override
  protected Collection<String> getServicesClassNames() {
    return List.of(Safepoints.Access.class.getName());
  }

  @Override
  protected List<String> getInternalResourceIds() {
    return List.of();
  }

  @Override
  protected Object createInternalResource(String resourceId) {
    throw new IllegalArgumentException("there is no resource " + resourceId);
  }
}
